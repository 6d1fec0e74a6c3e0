package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.compat.OldDirectory.Release;
import io.barnabas.compat.OldDirectory.Topic;
import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Log directories of real brokers are opened where they lie: by us after an old Apache Kafka, by Apache Kafka 3.9.2 after
 * us, and by us again. {@code ./barnabas old-dirs} takes brokers and clients of every release, killed brokers too, and has
 * options that name some.
 */
class OldDirectoriesTest {
    private static final List<String> MAKERS = asked("makers", "2.1.1");
    private static final List<String> ENDS = asked("ends", "stopped");
    private static final List<String> READERS = asked("readers", "0.9.0.1,0.10.2.2,2.0.1,4.4.0");
    private static final OldDirectoriesReport REPORT = new OldDirectoriesReport();
    private static final long MADE = OldDirectory.records();
    private static final long BY_OLDEST = MADE + 100;
    private static final long BY_NEWEST = MADE + 200;
    private static final long BY_APACHE = MADE + 300;

    @TempDir
    Path directory;

    static List<Arguments> stops() {
        return Stream.of(Release.values())
                .filter(release -> MAKERS.contains("all") || MAKERS.contains(release.number()))
                .flatMap(release -> ENDS.stream().map(end -> Arguments.of(release, end)))
                .toList();
    }

    @AfterAll
    static void report() {
        REPORT.print();
    }

    @ParameterizedTest
    @MethodSource("stops")
    @Acceptance(
            value = {18, 102},
            beyond = 6)
    void whatOneBrokerLeavesTheNextOneServes(Release release, String end) throws Exception {
        REPORT.begin(release.number(), end);
        try (OldDirectory old = new OldDirectory(release, directory)) {
            // What the tools say already: they count as wrong how old brokers indexed single messages.
            List<String> before;
            if (end.equals("killed")) {
                old.makeAndKill();
                before = mismatchesInAnyIndex(old);
            } else {
                old.make();
                before = ApacheDump.complaints(dump("3.9.2", old));
            }
            REPORT.done("made " + old.topics().size() + " topics of " + MADE + " records");
            try (BrokerProcess ours = old.ours().start()) {
                if (release.hasConsumer()) {
                    assertThat(committed(ours)).isEqualTo(MADE);
                }
                readAndAppend(old, new Scenarios(ours));
                ours.stop();
            }
            for (String tool : List.of("3.9.2", "4.3.1")) {
                dumpsWithoutNewComplaint(tool, old, before);
            }
            REPORT.done("DumpLogSegments of 3.9.2 and 4.3.1 find nothing wrong");
            continueWithApache(old);
            REPORT.done("Apache " + old.successorRelease() + " read it, wrote " + 100);
            try (BrokerProcess ours = old.ours().start()) {
                new Scenarios(ours).read(List.of("4.4.0"), old.described(0, BY_APACHE));
            }
            REPORT.passed("Barnabas again");
        }
    }

    private static void readAndAppend(OldDirectory old, Scenarios scenarios) {
        List<String> read = scenarios.read(readers(), old.described(0, MADE));
        assertThat(read)
                .contains(readers().stream()
                        .map(reader -> reader + " read " + MADE + " of plain")
                        .toArray(String[]::new));
        assertThat(read)
                .filteredOn(line -> line.endsWith("compacted"))
                .isNotEmpty()
                .noneMatch(line -> line.contains("read " + MADE + " of"));
        REPORT.done("read by clients of " + readers().size() + " releases");
        List<Topic> forOldest =
                old.topics().stream().filter(Topic::isForOldWriters).toList();
        scenarios.fill(
                "0.8.2.2",
                forOldest.stream()
                        .map(topic -> topic.described(MADE, BY_OLDEST))
                        .toList());
        scenarios.fill(
                "4.4.0",
                old.topics().stream()
                        .map(topic -> topic.described(topic.isForOldWriters() ? BY_OLDEST : MADE, BY_NEWEST))
                        .toList());
        REPORT.done("0.8.2.2 and 4.4.0 wrote");
        scenarios.read(readers(), old.described(0, BY_NEWEST));
        REPORT.done("all read again");
    }

    private static void continueWithApache(OldDirectory old) {
        try (ApacheKafka apache = old.successor().start()) {
            Scenarios scenarios = new Scenarios(apache);
            scenarios.fill("3.9.2", old.described(BY_NEWEST, BY_APACHE));
            scenarios.read(List.of("3.9.2"), old.described(0, BY_APACHE));
            assertThat(apache.log()).contains("Skipping recovery");
            assertThat(complaints(apache)).isEmpty();
        }
    }

    /** What a broker says that finds something wrong in a log directory. A setting that it ignores is nothing wrong. */
    private static List<String> complaints(ApacheKafka apache) {
        return apache.log()
                .lines()
                .filter(line -> line.contains("] ERROR ")
                        || line.contains("] WARN ")
                                && line.matches(".*\\((kafka\\.log|org\\.apache\\.kafka\\.storage)[^)]*\\)"))
                .filter(line -> !line.contains("message.format.version"))
                .toList();
    }

    private static Program.Result dump(String tool, OldDirectory old) {
        return new ApacheDump(tool).directory(old.logs(), "--deep-iteration", "--verify-index-only");
    }

    /** The tool does not read what a killed broker leaves; so everything that it may say of its indexes. */
    private static List<String> mismatchesInAnyIndex(OldDirectory old) throws IOException {
        try (Stream<Path> files = Files.walk(old.logs())) {
            return files.filter(file -> file.toString().endsWith(".index"))
                    .map(file -> "Mismatches in :" + file)
                    .toList();
        }
    }

    private static void dumpsWithoutNewComplaint(String tool, OldDirectory old, List<String> before) {
        Program.Result dump = dump(tool, old);
        assertThat(ApacheDump.complaints(dump)).isSubsetOf(before);
        assertThat(dump.out()).contains("offset: " + (BY_NEWEST - 1));
        for (Topic topic : old.topics()) {
            topic.keptFormat()
                    .ifPresent(format -> assertThat(ApacheDump.formats(dump, topic.name() + "-0"))
                            .containsExactly(format));
        }
    }

    private static List<String> readers() {
        return READERS.contains("all") ? Releases.ofClients().stream().skip(1).toList() : READERS;
    }

    private static List<String> asked(String what, String unlessAsked) {
        return List.of(
                System.getProperty("barnabas.compat." + what, unlessAsked).split(","));
    }

    /** Of the group that read under the old broker, on the topic that every release has. */
    private static long committed(BrokerAddress broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets("readers-of-old")
                    .partitionsToOffsetAndMetadata()
                    .get();
            return offsets.get(new TopicPartition("plain", 0)).offset();
        }
    }
}
