package io.barnabas.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.SimulatedTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Acceptance(100)
class LogDumpTest {
    @TempDir
    Path root;

    private WrittenLogs written;

    @BeforeEach
    void write() throws IOException {
        written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
    }

    @Test
    void printsBatchesAndRecords() throws IOException {
        List<String> lines = text(written.partition.resolve("00000000000000000000.log"), true);

        assertThat(lines.get(0)).isEqualTo("Dumping " + written.partition.resolve("00000000000000000000.log"));
        assertThat(lines.get(1)).isEqualTo("logStartingOffset: 0");
        assertThat(lines.get(2))
                .startsWith("baseOffset: 0 lastOffset: 2 count: 3 baseSequence: 0 lastSequence: 2 producerId: 77"
                        + " producerEpoch: 1 partitionLeaderEpoch: 0 isTransactional: false isControl: false"
                        + " deleteHorizonMs: null position: 0 CreateTime: 1700000000002 size: ")
                .contains(" magic: 2 compresscodec: none crc: ")
                .endsWith(" isvalid: true");
        assertThat(lines.get(3))
                .startsWith("| offset: 0 timestamp: 1700000000000 keySize: 5 valueSize: ")
                .contains(" headers: [[h, x]] key: key-0 payload: value 0 of batch 0");
        assertThat(lines).anyMatch(line -> line.contains("compresscodec: gzip"));
    }

    @Test
    void leavesRecordsOutWhenAskedTo() throws IOException {
        assertThat(text(written.partition.resolve("00000000000000000000.log"), false))
                .noneMatch(line -> line.startsWith("|"))
                .anyMatch(line -> line.startsWith("baseOffset: 3 "));
    }

    @Test
    void printsEveryFileOfADirectory() throws IOException {
        List<String> lines = text(written.directory, false);

        assertThat(lines)
                .contains(
                        "version: 0 brokerId: 7 clusterId: cluster",
                        "topic: orders partition: 0 offset: 180",
                        "epoch: 0 startOffset: 0",
                        "epoch: 2 startOffset: 90",
                        "topicId: " + WrittenLogs.TOPIC_ID,
                        "producerId: 77 producerEpoch: 1 coordinatorEpoch: -1 currentTxnFirstOffset: -1"
                                + " lastTimestamp: 1700000000592 lastSequence: 179 lastOffset: 179")
                .anyMatch(line -> line.matches("offset: \\d+ position: \\d+"))
                .anyMatch(line -> line.matches("timestamp: 17000000\\d+ offset: \\d+"));
    }

    @Test
    void printsAbortedTransactions() throws IOException {
        Path index = written.partition.resolve("00000000000000000000.txnindex");
        Files.write(
                index,
                ByteBuffer.allocate(34)
                        .putShort((short) 0)
                        .putLong(14)
                        .putLong(23)
                        .putLong(24)
                        .putLong(25)
                        .array());

        assertThat(text(index, true))
                .containsExactly(
                        "Dumping " + index,
                        "version: 0 producerId: 14 firstOffset: 23 lastOffset: 24 lastStableOffset: 25");
    }

    @Test
    void printsJsonForPrograms() throws IOException {
        Path file = written.partition.resolve("leader-epoch-checkpoint");
        StringBuilder out = new StringBuilder();
        new LogDump(Disk.local(), true, new JsonEntries(out), progress()).print(file);

        assertThat(out)
                .hasToString("{\"file\":\"" + file + "\",\"kind\":\"leaderEpoch\",\"epoch\":0,\"startOffset\":0}\n"
                        + "{\"file\":\"" + file + "\",\"kind\":\"leaderEpoch\",\"epoch\":2,\"startOffset\":90}\n");
    }

    @Test
    void printsWhatIsLeftOfDamagedFiles() throws IOException {
        Path log = written.partition.resolve("00000000000000000000.log");
        byte[] bytes = Files.readAllBytes(log);
        bytes[80] ^= 1;
        Files.write(log, bytes);
        Files.write(log, new byte[7], StandardOpenOption.APPEND);
        Path epochs = written.partition.resolve("leader-epoch-checkpoint");
        Files.writeString(epochs, "0\nmany\n");

        assertThat(text(log, true))
                .anyMatch(line -> line.startsWith("baseOffset: 0 ") && line.endsWith("isvalid: false"))
                .noneMatch(line -> line.startsWith("| offset: 0 "))
                .anyMatch(line -> line.startsWith("| offset: 3 "))
                .anyMatch(line -> line.endsWith("noBatchInTheLastBytes: 7"));
        assertThat(text(epochs, true)).anyMatch(line -> line.contains("line 2") && line.contains("many"));
    }

    @Test
    void printsBytesThatAreNoTextAsDigits() {
        assertThat(Printable.of(new byte[] {'a', 'b'})).isEqualTo("ab");
        assertThat(Printable.of(new byte[] {0, (byte) 0xff})).isEqualTo("0x00ff");
        assertThat(Printable.of(new byte[] {'a', '\n'})).isEqualTo("0x610a");
        assertThat(Printable.of((byte[]) null)).isNull();
    }

    private static List<String> text(Path path, boolean withRecords) throws IOException {
        StringBuilder out = new StringBuilder();
        new LogDump(Disk.local(), withRecords, new TextEntries(out), progress()).print(path);
        return out.toString().lines().toList();
    }

    private static Progress progress() {
        return new Progress(new SimulatedTime(), line -> {});
    }
}
