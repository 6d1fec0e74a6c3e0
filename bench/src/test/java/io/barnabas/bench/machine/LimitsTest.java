package io.barnabas.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are moved are counted, and nothing is left behind. */
class LimitsTest {
    @TempDir
    Path directory;

    @Test
    void countsWhatIsSentAndWhatIsReceived() throws IOException, InterruptedException {
        try (SentFile file = SentFile.in(directory)) {
            Job.Moved moved = Loopback.fileSender(file, 1 << 20).run();
            assertThat(moved.bytes())
                    .isPositive()
                    .satisfies(bytes -> assertThat(bytes % (1 << 20)).isZero());
            assertThat(moved.gigabytesPerSecond()).isPositive();
            assertThat(moved.cpuSecondsPerGigabyte()).isPositive();
        }
        assertThat(Loopback.receiver(64 << 10).run().bytes()).isPositive();
        assertThat(new Appending(directory, 1 << 20).run().bytes()).isEqualTo(256L << 20);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
