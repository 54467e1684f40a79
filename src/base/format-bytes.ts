/** Formats a number of bytes: "348 bytes", "1.4 MB". */
export function bytesText(bytes: number): string {
  if (bytes < 10_000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const units = ["kB", "MB", "GB", "TB", "PB"];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  const value = bytes / 1000 ** power;
  return value >= 1e6
    ? `more than a million ${units[power - 1]}`
    : `${value.toFixed(value < 10 ? 1 : 0)} ${units[power - 1]}`;
}
