// Checks a dataset in parts, each a process of Nextflow, and then summarises it:
//
//   nextflow run check.nf --dataset Dataset901_Abdomen --out check --parts 4 -profile slurm
//
// Dataset and output lie where every node sees them. `nextflow.config` beside this file has the profiles.
// What a stopped run has done is kept: run the same command again.

params.dataset = null
params.out = null
params.parts = 4
// As of `regionscope check`, such as --options '--grid stored'.
params.options = ''
params.program = 'regionscope'

process CHECK {
    cpus 4
    memory '8 GB'
    time '4h'
    // Exit 3: workers were lost, and a retry goes on where it stopped.
    errorStrategy { task.exitStatus == 3 ? 'retry' : 'finish' }
    maxRetries 3

    input:
    tuple val(part), val(dataset), val(out)

    output:
    val part

    script:
    """
    ${params.program} check '${dataset}' '${out}' --num_parts ${params.parts} --part_id ${part} \
        --workers ${task.cpus} --continue ${params.options}
    """
}

process SUMMARY {
    cpus 1
    memory '4 GB'
    time '30m'

    input:
    val parts
    val out

    script:
    """
    ${params.program} summary '${out}'
    """
}

workflow {
    if (!params.dataset || !params.out) {
        error 'Usage: nextflow run check.nf --dataset FOLDER --out FOLDER [--parts 4]'
    }
    // A process runs in a folder of its own.
    def dataset = file(params.dataset).toAbsolutePath().toString()
    def out = file(params.out).toAbsolutePath().toString()
    def parts = Channel.of(0..<(params.parts as int)).map { part -> tuple(part, dataset, out) }
    SUMMARY(CHECK(parts).collect(), out)
}
