package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Record bytes go from the page cache to the socket without passing through the process. */
class SendfileTest {
    private static final int RECORDS = 20_000;
    private static final int RECORD_BYTES = 1_000;
    private static final Pattern SENT = Pattern.compile("sendfile\\(.*\\) += (\\d+)|sendfile resumed>.*\\) += (\\d+)");

    @TempDir
    Path directory;

    @Test
    @Acceptance(105)
    void aPlaintextFetchLeavesBySendfile() throws Exception {
        Requirement.command("strace", "apt-get install strace");
        try (BrokerProcess broker = BrokerProcess.in(directory).start()) {
            Tools tools = new Tools("3.9.2", broker);
            tools.producerPerformance(
                            "--topic",
                            "sent",
                            "--num-records",
                            Integer.toString(RECORDS),
                            "--record-size",
                            Integer.toString(RECORD_BYTES),
                            "--throughput",
                            "-1")
                    .run()
                    .expectSuccess();
            Path trace = directory.resolve("trace");
            Program.Running strace = Program.of(
                            "strace",
                            "-f",
                            "-e",
                            "trace=sendfile",
                            "-o",
                            trace.toString(),
                            "-p",
                            Long.toString(broker.process().pid()))
                    .start();
            Awaitility.await("strace to attach")
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> strace.errSoFar().contains("attached"));
            tools.consumerPerformance("--topic", "sent", "--messages", Integer.toString(RECORDS))
                    .run()
                    .expectSuccess();
            strace.stop();
            assertThat(bytesSent(trace)).isGreaterThanOrEqualTo((long) RECORDS * RECORD_BYTES);
        }
    }

    private static long bytesSent(Path trace) throws Exception {
        long sum = 0;
        for (String line : Files.readAllLines(trace)) {
            Matcher sent = SENT.matcher(line);
            if (sent.find()) {
                sum += Long.parseLong(sent.group(1) != null ? sent.group(1) : sent.group(2));
            }
        }
        return sum;
    }
}
