package io.barnabas.compat.powercut;

import io.barnabas.compat.BrokerProcess;
import io.barnabas.compat.LostDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code ./barnabas chaos --lost-disk ext4,xfs} runs, as root: one of two log directories lies on a disk of its own, which
 * answers every access with an I/O error from some moment on. By its name no part of the usual tests.
 */
class LostDiskRun {
    @TempDir
    Path directory;

    @Test
    void aLostDiskTakesOnlyItsPartitionsDown() throws Exception {
        for (String type : System.getProperty("barnabas.chaos.fs", "ext4").split(",")) {
            long begin = System.nanoTime();
            Path own = directory.resolve(type + "-process");
            // What is acknowledged has to be there when the disk comes back, so it must not live in memory only.
            BrokerProcess broker = BrokerProcess.in(own).with("barnabas.durable.acks", "true");
            try (LoopFileSystem disk = LoopFileSystem.make(directory, type);
                    LostDirectory scenario = new LostDirectory(
                            broker, own.resolve("good"), disk.path().resolve("logs"))) {
                scenario.run(disk::cutPower, () -> {
                    disk.unmount();
                    disk.mount();
                });
            }
            System.out.println(
                    type + ": the disk of one log directory failed: its partitions had no leader, those of the"
                            + " other one went on; with the disk back all that was acknowledged was read, after "
                            + (System.nanoTime() - begin) / 1_000_000 + " ms");
        }
    }
}
