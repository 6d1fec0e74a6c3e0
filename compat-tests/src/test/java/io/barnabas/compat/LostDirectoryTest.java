package io.barnabas.compat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log directory that somebody moves away under the running broker takes only its own partitions down. An I/O error of
 * the disk itself needs a disk to break: {@code ./barnabas chaos --lost-disk ext4,xfs}.
 */
class LostDirectoryTest {
    @TempDir
    Path directory;

    @Test
    @Acceptance(4)
    void aLostDirectoryTakesOnlyItsPartitionsDown() throws Exception {
        Path bad = directory.resolve("bad");
        Path elsewhere = directory.resolve("elsewhere");
        try (LostDirectory scenario = new LostDirectory(BrokerProcess.in(directory), directory.resolve("good"), bad)) {
            scenario.run(() -> move(bad, elsewhere), () -> move(elsewhere, bad));
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
