package io.barnabas.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
    private static final Path DIRECTORY = Path.of("/data/logs");
    private static final Path FILE = DIRECTORY.resolve("file");

    private final SimulatedDisk disk = new SimulatedDisk(new SimulatedTime());

    @BeforeEach
    void makeDirectory() throws IOException {
        disk.createDirectories(DIRECTORY);
        disk.fsyncDirectory(Path.of("/"));
        disk.fsyncDirectory(Path.of("/data"));
    }

    private void write(Path file, int position, byte[] bytes, boolean durable) throws IOException {
        try (FileChannel channel = disk.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
            if (durable) {
                channel.force(true);
            }
        }
    }

    private static byte[] filled(int size, int with) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private static byte[] read(SimulatedDisk from, Path file) throws IOException {
        try (FileChannel channel = from.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            channel.read(bytes, 0);
            return bytes.array();
        }
    }

    @Test
    void losesAFileWhoseNameIsNotDurableThoughItsBytesAre() throws IOException {
        write(FILE, 0, filled(10, 1), true);
        SimulatedDisk lost = disk.crash(Crash.UNSYNCED_LOST, Seeds.random(1));
        assertThat(lost.exists(FILE)).isFalse();
        disk.fsyncDirectory(DIRECTORY);
        SimulatedDisk kept = disk.crash(Crash.UNSYNCED_LOST, Seeds.random(1));
        assertThat(read(kept, FILE)).isEqualTo(filled(10, 1));
    }

    @Test
    void aKillTakesNothingButMakesNothingDurableEither() throws IOException {
        write(FILE, 0, filled(10, 1), false);
        SimulatedDisk killed = disk.crash(Crash.KILL, Seeds.random(1));
        assertThat(read(killed, FILE)).isEqualTo(filled(10, 1));
        assertThat(killed.crash(Crash.UNSYNCED_LOST, Seeds.random(1)).exists(FILE))
                .isFalse();
    }

    @Test
    void anOrderedDiskLosesTheEndOfWhatHappenedAndTearsAWriteAtASector() throws IOException {
        write(FILE, 0, filled(700, 1), false);
        disk.fsyncDirectory(DIRECTORY);
        write(FILE, 700, filled(2_000, 2), false);
        Set<Integer> sizes = new HashSet<>();
        Seeds.forEach(200, random -> {
            SimulatedDisk left = disk.crash(Crash.ORDERED, random);
            byte[] bytes = read(left, FILE);
            assertThat(bytes).isEqualTo(Arrays.copyOf(read(disk, FILE), bytes.length));
            sizes.add(bytes.length);
        });
        assertThat(sizes).containsExactlyInAnyOrder(0, 512, 700, 1024, 1536, 2048, 2560, 2700);
    }

    @Test
    void anUnorderedDiskMayKeepALaterPageAndLoseAnEarlierOne() throws IOException {
        write(FILE, 0, filled(4096, 1), true);
        disk.fsyncDirectory(DIRECTORY);
        write(FILE, 4096, filled(4096, 2), false);
        write(FILE, 8192, filled(4096, 3), false);
        List<String> seen = new ArrayList<>();
        Seeds.forEach(300, random -> {
            byte[] bytes = read(disk.crash(Crash.REORDERED, random), FILE);
            assertThat(Arrays.copyOf(bytes, 4096)).isEqualTo(filled(4096, 1));
            seen.add(bytes.length + " " + (bytes.length > 4096 ? bytes[4096] : "-") + " "
                    + (bytes.length > 8192 ? bytes[8192] : "-"));
        });
        assertThat(seen).contains("4096 - -", "8192 2 -", "8192 0 -", "12288 0 3", "12288 2 0", "12288 2 3");
    }

    @Test
    void tornPagesMixSectorsOfTwoMoments() throws IOException {
        write(FILE, 0, filled(4096, 1), true);
        disk.fsyncDirectory(DIRECTORY);
        write(FILE, 0, filled(4096, 2), false);
        boolean[] mixed = new boolean[1];
        Seeds.forEach(200, random -> {
            byte[] bytes = read(disk.crash(Crash.REORDERED, random), FILE);
            for (int i = 0; i < bytes.length; i++) {
                assertThat(bytes[i]).isEqualTo(bytes[i / 512 * 512]);
            }
            mixed[0] |= bytes[0] != bytes[4095];
        });
        assertThat(mixed[0]).isTrue();
    }

    @Test
    void whatACutTookDoesNotComeBackWhenTheFileGrowsAgain() throws IOException {
        write(FILE, 0, filled(8192, 1), true);
        disk.fsyncDirectory(DIRECTORY);
        try (FileChannel channel = disk.open(FILE, StandardOpenOption.WRITE)) {
            channel.truncate(100);
            channel.write(ByteBuffer.wrap(filled(8_000, 2)), 100);
        }
        Seeds.forEach(200, random -> {
            byte[] bytes = read(disk.crash(Crash.REORDERED, random), FILE);
            boolean cutLost = bytes.length == 8192;
            for (int i = 100; i < bytes.length && !cutLost; i++) {
                assertThat(bytes[i]).isNotEqualTo((byte) 1);
            }
            for (int i = 4096; i < bytes.length && cutLost; i++) {
                assertThat(bytes[i]).isEqualTo((byte) 1);
            }
        });
    }

    @Test
    void aRenameThatIsNotDurableLeavesOneOfTheTwoNames() throws IOException {
        write(FILE, 0, filled(10, 1), true);
        disk.fsyncDirectory(DIRECTORY);
        Path renamed = DIRECTORY.resolve("renamed");
        disk.rename(FILE, renamed);
        Set<List<Path>> seen = new HashSet<>();
        Seeds.forEach(50, random -> seen.add(disk.crash(Crash.REORDERED, random).list(DIRECTORY)));
        assertThat(seen).containsExactlyInAnyOrder(List.of(FILE), List.of(renamed));
        disk.fsyncDirectory(DIRECTORY);
        assertThat(disk.crash(Crash.UNSYNCED_LOST, Seeds.random(1)).list(DIRECTORY))
                .containsExactly(renamed);
    }

    @Test
    void bothNamesOfALinkedFileStandForTheSameBytesAfterACrash() throws IOException {
        write(FILE, 0, filled(10, 1), true);
        Path link = DIRECTORY.resolve("link");
        disk.hardLink(FILE, link);
        disk.fsyncDirectory(DIRECTORY);
        SimulatedDisk left = disk.crash(Crash.REORDERED, Seeds.random(1));
        try (FileChannel channel = left.open(link, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(filled(10, 2)), 0);
        }
        assertThat(read(left, FILE)).isEqualTo(filled(10, 2));
    }

    @Test
    void asksTheObserverBeforeEveryChange() throws IOException {
        List<String> changes = new ArrayList<>();
        disk.observe(change ->
                changes.add(change.kind() + " " + change.path().getFileName() + " " + disk.exists(change.path())));
        write(FILE, 0, filled(10, 1), true);
        disk.rename(FILE, DIRECTORY.resolve("b"));
        disk.fsyncDirectory(DIRECTORY);
        disk.deleteRecursively(DIRECTORY);
        assertThat(changes)
                .containsExactly(
                        "CREATE file false",
                        "WRITE file true",
                        "FSYNC file true",
                        "RENAME file true",
                        "FSYNC_DIRECTORY logs true",
                        "DELETE b true",
                        "DELETE logs true");
    }
}
