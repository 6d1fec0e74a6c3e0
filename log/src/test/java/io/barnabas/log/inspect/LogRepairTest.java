package io.barnabas.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.log.directory.DirectoryLockedException;
import io.barnabas.log.inspect.Finding.Severity;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Acceptance(100)
class LogRepairTest {
    private static final int OVERHEAD = 12;

    @TempDir
    Path root;

    private int runs;
    private final List<Finding> findings = new ArrayList<>();
    private final SimulatedTime time = new SimulatedTime();

    @Test
    void leavesAloneWhatIsInOrder() throws IOException {
        Path directory = WrittenLogs.stoppedCleanly(root.resolve("logs")).directory;
        Map<String, String> before = contents(directory);

        LogRepair.Summary summary = repair(directory);

        assertThat(summary).isEqualTo(new LogRepair.Summary(1, 0, 0, 0));
        assertThat(findings).isEmpty();
        assertThat(contents(directory)).isEqualTo(before);
    }

    @Test
    void movesADamagedBatchAwayAndKeepsAllOthers() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
        Path segment = segments(written.partition).get(1);
        List<byte[]> batches = batches(segment);
        flip(segment, batches.get(0).length + 70);

        LogRepair.Summary summary = repair(written.directory);

        byte[] damaged = batches.remove(1);
        int from = batches.get(0).length;
        assertThat(Files.readAllBytes(segment)).isEqualTo(joined(batches));
        Path quarantine = segment.resolveSibling(
                segment.getFileName() + "." + from + "-" + (from + damaged.length) + ".quarantine");
        assertThat(quarantine).hasSize(damaged.length);
        assertThat(summary.quarantinedBytes()).isEqualTo(damaged.length);
        assertThat(summary.problems()).isZero();
        assertThat(findings.get(0).severity()).isEqualTo(Severity.REPAIRED);
        assertThat(findings.get(0).position()).isEqualTo(batches.get(0).length);
        assertThat(problems(written.directory)).isEmpty();
    }

    @Test
    void cutsATornTail() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
        Path last = last(segments(written.partition));
        List<byte[]> batches = batches(last);
        byte[] all = joined(batches);
        Files.write(last, Arrays.copyOf(all, all.length - 5));

        repair(written.directory);

        batches.remove(batches.size() - 1);
        assertThat(Files.readAllBytes(last)).isEqualTo(joined(batches));
        assertThat(problems(written.directory)).isEmpty();
    }

    @Test
    void makesIndexesAndSnapshotsAnewAsTheyWere() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
        Map<String, String> before = contents(written.partition);
        for (Path segment : segments(written.partition)) {
            String base = segment.getFileName().toString().replace(".log", "");
            Files.delete(written.partition.resolve(base + ".index"));
            Files.write(written.partition.resolve(base + ".timeindex"), new byte[] {1, 2, 3});
        }

        repair(written.directory);

        Map<String, String> after = contents(written.partition);
        assertThat(problems(written.directory)).isEmpty();
        assertThat(after.keySet()).containsAll(before.keySet());
        before.forEach((name, bytes) -> {
            if (name.endsWith(".log") || name.equals("leader-epoch-checkpoint")) {
                assertThat(after.get(name)).as(name).isEqualTo(bytes);
            }
        });
    }

    @Test
    void refusesWhileABrokerIsAtIt() throws IOException {
        try (WrittenLogs written = new WrittenLogs(root.resolve("logs"))) {
            written.fill();
            flip(segments(written.partition).get(0), 70);

            assertThatThrownBy(() -> repair(written.directory)).isInstanceOf(DirectoryLockedException.class);
            assertThatThrownBy(() -> repair(written.partition)).isInstanceOf(DirectoryLockedException.class);
            flip(segments(written.partition).get(0), 70);
        }
    }

    @Test
    void losesNoGoodBatchWhateverIsDamaged() {
        Seeds.forEach(40, this::damageAndRepair);
    }

    private void damageAndRepair(RandomGenerator random) {
        runs++;
        try {
            WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs-" + runs));
            List<Path> segments = segments(written.partition);
            Map<Path, List<byte[]>> kept = new TreeMap<>();
            for (Path segment : segments) {
                kept.put(segment, random.nextInt(3) == 0 ? batches(segment) : damaged(segment, random));
            }
            repair(written.directory);
            for (Path segment : segments) {
                assertThat(Files.readAllBytes(segment)).as("%s", segment).isEqualTo(joined(kept.get(segment)));
            }
            assertThat(problems(written.directory)).isEmpty();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Damages some batches, puts bytes between others; gives those that are still good. */
    private static List<byte[]> damaged(Path segment, RandomGenerator random) throws IOException {
        List<byte[]> good = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] batch : batches(segment)) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    byte[] broken = batch.clone();
                    // Behind the leader epoch everything is either checked or checksummed.
                    broken[16 + random.nextInt(broken.length - 16)] ^= (byte) (1 << random.nextInt(7));
                    out.writeBytes(broken);
                }
                case 1 -> {
                    out.writeBytes(Arrays.copyOf(batch, random.nextInt(batch.length)));
                    // Else what follows may happen to begin with the very bytes that are missing.
                    out.write(0xFF);
                }
                case 2 -> {
                    byte[] noise = new byte[1 + random.nextInt(200)];
                    if (random.nextBoolean()) {
                        random.nextBytes(noise);
                    }
                    out.writeBytes(noise);
                    out.writeBytes(batch);
                    good.add(batch);
                }
                case 3 -> {
                    byte[] broken = batch.clone();
                    ByteBuffer.wrap(broken).putInt(8, random.nextInt());
                    out.writeBytes(broken);
                }
                default -> {
                    out.writeBytes(batch);
                    good.add(batch);
                }
            }
        }
        Files.write(segment, out.toByteArray());
        return good;
    }

    @Test
    void losesNothingWhenItIsInterrupted() throws IOException {
        boolean reached = true;
        for (int failAt = 1; reached; failAt += 4) {
            WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs-" + failAt));
            Path segment = segments(written.partition).get(1);
            List<byte[]> batches = batches(segment);
            flip(segment, 70);
            FaultyDisk disk = new FaultyDisk(Disk.local());
            disk.failFrom(failAt);
            try {
                new LogRepair(disk, time, finding -> {}, new Progress(time, line -> {})).repair(written.directory);
                reached = false;
            } catch (IOException expected) {
                repair(written.directory);
            }
            batches.remove(0);
            assertThat(Files.readAllBytes(segment)).as("failing at %s", failAt).isEqualTo(joined(batches));
            assertThat(problems(written.directory)).as("failing at %s", failAt).isEmpty();
        }
    }

    private LogRepair.Summary repair(Path path) throws IOException {
        LogRepair repair = new LogRepair(Disk.local(), time, findings::add, new Progress(time, line -> {}));
        repair.repair(path);
        return repair.summary();
    }

    private List<Finding> problems(Path directory) throws IOException {
        List<Finding> found = new ArrayList<>();
        new LogVerification(Disk.local(), found::add, new Progress(time, line -> {})).check(directory);
        found.removeIf(finding -> finding.severity() != Severity.PROBLEM);
        return found;
    }

    private static List<byte[]> batches(Path segment) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(segment));
        List<byte[]> batches = new ArrayList<>();
        while (all.hasRemaining()) {
            byte[] batch = new byte[all.getInt(all.position() + 8) + OVERHEAD];
            all.get(batch);
            batches.add(batch);
        }
        return batches;
    }

    private static byte[] joined(List<byte[]> batches) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        batches.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static void flip(Path file, int position) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[position] ^= 1;
        Files.write(file, bytes);
    }

    private static List<Path> segments(Path partition) throws IOException {
        try (Stream<Path> files = Files.list(partition)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private static Path last(List<Path> paths) {
        return paths.get(paths.size() - 1);
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        directory.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
