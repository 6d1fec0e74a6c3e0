package io.barnabas.testkit.disk;

/** A file or a directory: what its names stand for. Guarded by its disk. */
sealed interface Node permits SimulatedFile, SimulatedDirectory {

    /** What is left of it after a crash, as decided by {@code loss}. */
    Node after(Loss loss);
}
