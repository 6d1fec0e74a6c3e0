package io.barnabas.compat.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.compat.BrokerAddress;
import io.barnabas.compat.Program;
import io.barnabas.compat.Tools;
import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.message.OffsetCommitRequest;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tools of 3.9.2 print for the same topics and groups, byte by byte, but for ids and addresses. */
@ExtendWith(BothBrokers.class)
class ToolOutputTest {
    private static final String TOPIC = "printed";
    private static final String GROUP = "printed-group";
    private static final String UNSEEN = "printed-nowhere";

    @BeforeAll
    static void layOut(SideBySide brokers) {
        brokers.same("layout", play -> {
            play.coordinator();
            play.topic(TOPIC, 3, "retention.ms", "3600000", "cleanup.policy", "compact,delete");
            play.topic(TOPIC + "-other", 1);
            play.ask("records", 9, DataRequests.produce(TOPIC, 0, RecordSets.batch("a", "b", "c")));
            play.ask("more", 9, DataRequests.produce(TOPIC, 2, RecordSets.batch("d")));
            play.ask("offsets", 8, committed(0, 2));
            play.ask("offsets", 8, committed(1, 0));
        });
    }

    @Test
    @Acceptance(29)
    void topicsAreDescribedByteByByte(SideBySide brokers) {
        samePrint(brokers, tools -> tools.topics("--describe", "--topic", TOPIC));
        samePrint(brokers, tools -> tools.topics("--describe", "--topic", TOPIC + ".*"));
        samePrint(brokers, tools -> tools.topics("--describe", "--topic", TOPIC, "--topics-with-overrides"));
        samePrint(brokers, tools -> tools.topics("--describe", "--under-replicated-partitions"));
        samePrint(brokers, tools -> tools.topics("--describe", "--unavailable-partitions"));
        samePrint(brokers, tools -> tools.topics("--describe", "--at-min-isr-partitions", "--topic", TOPIC));
        samePrint(brokers, tools -> tools.topics("--describe", "--topic", UNSEEN));
    }

    @Test
    @Acceptance(80)
    void groupsAreDescribedByteByByte(SideBySide brokers) {
        samePrint(brokers, tools -> tools.groups("--describe", "--group", GROUP));
        samePrint(brokers, tools -> tools.groups("--describe", "--group", GROUP, "--state"));
        samePrint(brokers, tools -> tools.groups("--describe", "--group", GROUP, "--members"));
        samePrint(brokers, tools -> tools.groups("--describe", "--group", UNSEEN));
    }

    @Test
    void offsetsArePrintedByteByByte(SideBySide brokers) {
        samePrint(brokers, tools -> tools.offsets("--topic", TOPIC));
        samePrint(brokers, tools -> tools.offsets("--topic", TOPIC, "--time", "earliest"));
        samePrint(brokers, tools -> tools.offsets("--topic", TOPIC, "--time", "max-timestamp"));
        samePrint(brokers, tools -> tools.offsets("--topic", UNSEEN));
    }

    @Test
    void settingsArePrintedByteByByte(SideBySide brokers) {
        samePrint(brokers, tools -> tools.configs("--describe", "--entity-type", "topics", "--entity-name", TOPIC));
        samePrint(
                brokers,
                tools -> tools.configs("--describe", "--all", "--entity-type", "topics", "--entity-name", TOPIC));
    }

    @Test
    void versionsArePrintedInTheSameForm(SideBySide brokers) {
        Function<String, String> usable = print -> print.lines()
                .filter(line -> line.contains("Metadata(3)") || line.contains("ApiVersions(18)"))
                .map(line -> line.replaceAll(": \\d+ to \\d+ ", ": some to some "))
                .collect(Collectors.joining("\n"));
        CompletableFuture<Program.Result> ours = CompletableFuture.supplyAsync(
                () -> new Tools("3.9.2", brokers.ours()).apiVersions().run());
        Program.Result theirs =
                new Tools("3.9.2", brokers.apache()).apiVersions().run();
        assertThat(usable.apply(ours.join().out()))
                .isEqualTo(usable.apply(theirs.out()))
                .contains("usable: 12");
    }

    private static OffsetCommitRequest committed(int partition, long offset) {
        return new OffsetCommitRequest()
                .groupId(GROUP)
                .topics(List.of(new OffsetCommitRequestTopic()
                        .name(TOPIC)
                        .partitions(List.of(new OffsetCommitRequestPartition()
                                .partitionIndex(partition)
                                .committedOffset(offset)
                                .committedMetadata("")))));
    }

    private static void samePrint(SideBySide brokers, Function<Tools, Program> tool) {
        CompletableFuture<String> ours = CompletableFuture.supplyAsync(() -> print(brokers.ours(), tool));
        String theirs = print(brokers.apache(), tool);
        assertThat(ours.join()).isEqualTo(theirs);
    }

    /**
     * Both streams and the exit code, with ids and addresses named. The tool asks brokers that list
     * DescribeTopicPartitions, as we do, for eligible leader replicas, and prints an empty list of them, as with KRaft.
     */
    private static String print(BrokerAddress broker, Function<Tools, Program> tool) {
        Program.Result result = tool.apply(new Tools("3.9.2", broker)).run();
        return (result.out() + result.err() + "exit " + result.exitCode())
                .replace(broker.address(), "its address")
                .replaceAll("TopicId: \\S{22}", "TopicId: its id")
                .replaceAll("(?m)^  barnabas\\..*\\R", "")
                .replace("Elr: N/A", "Elr: ");
    }
}
