package io.barnabas.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;

/**
 * A log directory that a real broker of one release has filled and closed: topics with every codec and every record
 * format that it can write, in several segments, one topic compacted, offsets committed. With a ZooKeeper, where the
 * release uses one, which goes on running.
 */
final class OldDirectory implements AutoCloseable {
    private static final String OLD_CODECS = "none,gzip,snappy,lz4";
    private static final long RECORDS = 1_200;
    private static final String FORMAT = "message.format.version";
    private static final Map<String, String> COMPACTED =
            Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.01");
    private static final int MANY_KEYS = 97;
    private static final int FEW_KEYS = 20;

    private final Release release;
    private final Path directory;
    private final ApacheZooKeeper zooKeeper;
    private final List<Topic> topics;

    /** A broker's release, its class path, and what it and its client can do. */
    enum Release {
        V0_8_2("0.8.2.2", "kafka-0.8.2.2"),
        V0_10_2("0.10.2.2", "kafka-0.10.2.2"),
        V2_1("2.1.1", "kafka-2.1.1"),
        V3_9("3.9.2", "tools-3.9.2"),
        V4_3("4.3.1", "tools-4.3.1");

        private final String number;
        private final String classPath;

        Release(String number, String classPath) {
            this.number = number;
            this.classPath = classPath;
        }

        String number() {
            return number;
        }

        boolean hasZooKeeper() {
            return compareTo(V4_3) < 0;
        }

        /** Before, there is no consumer but that of the old Scala client. */
        boolean hasConsumer() {
            return compareTo(V0_8_2) > 0;
        }

        /** Before, the newest client has no way in. */
        private boolean hasAdmin() {
            return compareTo(V2_1) >= 0;
        }

        private boolean hasZstdAndTransactions() {
            return compareTo(V2_1) >= 0;
        }

        /** Whether it writes the formats of older ones where a topic asks for it; later ones do not any more. */
        private boolean keepsFormat0() {
            return this == V0_10_2 || this == V2_1;
        }

        private List<Topic> topics() {
            List<Topic> topics = new ArrayList<>();
            topics.add(new Topic("plain", MANY_KEYS, OLD_CODECS, Map.of()));
            // The first cleaner could not look into compressed messages.
            topics.add(new Topic("compacted", FEW_KEYS, hasConsumer() ? OLD_CODECS : "none", COMPACTED));
            if (hasZstdAndTransactions()) {
                topics.add(new Topic("zstd", MANY_KEYS, "zstd", Map.of()));
                topics.add(new Topic("zstd-compacted", FEW_KEYS, "zstd", COMPACTED));
                topics.add(new Topic("transactions", MANY_KEYS, OLD_CODECS, Map.of()));
                topics.add(new Topic("transactions-zstd", MANY_KEYS, "zstd", Map.of()));
                topics.add(new Topic("transactions-compacted", FEW_KEYS, OLD_CODECS, COMPACTED));
            }
            if (keepsFormat0()) {
                topics.add(new Topic("format0", MANY_KEYS, OLD_CODECS, Map.of(FORMAT, "0.9.0")));
                topics.add(new Topic("format0-compacted", FEW_KEYS, OLD_CODECS, compacted("0.9.0")));
            }
            if (this == V2_1) {
                topics.add(new Topic("format1", MANY_KEYS, OLD_CODECS, Map.of(FORMAT, "0.10.2")));
                topics.add(new Topic("format1-compacted", FEW_KEYS, OLD_CODECS, compacted("0.10.2")));
            }
            return topics;
        }

        private static Map<String, String> compacted(String format) {
            Map<String, String> settings = new TreeMap<>(COMPACTED);
            settings.put(FORMAT, format);
            return settings;
        }
    }

    /** As {@code NumberedTopic} in the scenarios knows it. */
    record Topic(String name, int keys, String codecs, Map<String, String> settings) {
        String described(long first, long end) {
            return name + ":" + keys + ":" + first + ":" + end + ":" + codecs;
        }

        boolean isCompacted() {
            return settings.containsKey("cleanup.policy");
        }

        /** The older record format that it asks for, if any. */
        Optional<String> keptFormat() {
            return Optional.ofNullable(settings.get(FORMAT)).map(version -> version.startsWith("0.9") ? "0" : "1");
        }

        boolean isForOldWriters() {
            return !codecs.equals("zstd") && !name.startsWith("transactions");
        }
    }

    OldDirectory(Release release, Path directory) {
        this.release = release;
        this.directory = directory;
        this.zooKeeper = new ApacheZooKeeper(directory);
        this.topics = release.topics();
    }

    /** Runs the broker until everything is in its files, and stops it in good order. */
    OldDirectory make() {
        return make(false);
    }

    /** As {@link #make}, but kills the broker in the end. */
    OldDirectory makeAndKill() {
        return make(true);
    }

    private OldDirectory make(boolean kill) {
        if (release.hasZooKeeper()) {
            zooKeeper.start();
        }
        ApacheKafka kafka = release.hasZooKeeper()
                ? ApacheKafka.beside(release.classPath, zooKeeper, directory.resolve("kafka"), logs())
                : ApacheKafka.alone(release.classPath, directory.resolve("kafka"), logs());
        kafka.with("log.cleaner.enable", "true")
                .with("log.cleaner.backoff.ms", "200")
                .with("log.cleaner.dedupe.buffer.size", "4194304")
                .with("offsets.topic.num.partitions", "3")
                .with("transaction.state.log.num.partitions", "3")
                .with("log.retention.check.interval.ms", "1000")
                .with("file.delete.delay.ms", "100");
        if (release == Release.V0_8_2) {
            kafka.withHostAndPort();
        }
        try (kafka) {
            kafka.start();
            topics.forEach(topic -> create(topic, kafka));
            Scenarios scenarios = new Scenarios(kafka);
            scenarios.fill(release.number, described(0, RECORDS));
            if (release.hasConsumer()) {
                scenarios.read(List.of(release.number), described(0, RECORDS));
            }
            topics.stream().filter(Topic::isCompacted).forEach(this::awaitCompaction);
            if (kill) {
                kafka.kill();
            }
        }
        return this;
    }

    /** Our own broker in its place: in the same cluster where that has a ZooKeeper, else in one of its own. */
    BrokerProcess ours() {
        BrokerProcess ours = BrokerProcess.in(directory)
                // So that topics keep the format that they ask for.
                .with("inter.broker.protocol.version", "2.8")
                .with("offsets.topic.num.partitions", "3")
                .with("transaction.state.log.num.partitions", "3")
                .with("transaction.state.log.replication.factor", "1");
        return release.hasZooKeeper()
                ? ours.without("barnabas.zookeeper.dir")
                        .without("barnabas.zookeeper.port")
                        .with("zookeeper.connect", zooKeeper.address())
                : ours.with("barnabas.adopt", "true");
    }

    /** The newest Apache Kafka that can follow us there. */
    ApacheKafka successor() {
        Path own = directory.resolve("successor");
        return release.hasZooKeeper()
                ? ApacheKafka.beside(zooKeeper, own, logs())
                : ApacheKafka.alone(release.classPath, own, logs());
    }

    String successorRelease() {
        return release.hasZooKeeper() ? "3.9.2" : release.number;
    }

    Path logs() {
        return directory.resolve("logs");
    }

    List<Topic> topics() {
        return topics;
    }

    /** How many records were sent to each of them, those that compaction has taken included. */
    static long records() {
        return RECORDS;
    }

    List<String> described(long first, long end) {
        return topics.stream().map(topic -> topic.described(first, end)).toList();
    }

    @Override
    public void close() {
        zooKeeper.close();
    }

    private void create(Topic topic, ApacheKafka kafka) {
        Map<String, String> settings = new TreeMap<>(topic.settings());
        if (release.hasZooKeeper()) {
            settings.put("segment.bytes", "20000");
        } else {
            // No segment may be that small any more; by the records' own time it may be short. Markers have the time
            // of the broker, in which all is written within seconds.
            settings.put("segment.ms", topic.name().startsWith("transactions") ? "100" : "100000");
        }
        settings.put("retention.ms", Long.toString(Long.MAX_VALUE));
        if (release.hasAdmin()) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
                admin.createTopics(List.of(new NewTopic(topic.name(), 1, (short) 1).configs(settings)))
                        .all()
                        .get();
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
            return;
        }
        List<String> arguments = new ArrayList<>(List.of(
                "--zookeeper",
                zooKeeper.address(),
                "--create",
                "--topic",
                topic.name(),
                "--partitions",
                "1",
                "--replication-factor",
                "1"));
        settings.forEach((key, value) -> arguments.addAll(List.of("--config", key + "=" + value)));
        Program.java(Home.classPath(release.classPath), "kafka.admin.TopicCommand", arguments.toArray(String[]::new))
                .run()
                .expectSuccess();
    }

    private void awaitCompaction(Topic topic) {
        Path log = logs().resolve(topic.name() + "-0");
        Awaitility.await("compaction of " + log)
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> cleanedUpTo(topic) > RECORDS / 2 && segments(log) < 8);
    }

    private long cleanedUpTo(Topic topic) throws IOException {
        Path checkpoint = logs().resolve("cleaner-offset-checkpoint");
        if (!Files.exists(checkpoint)) {
            return -1;
        }
        return Files.readAllLines(checkpoint).stream()
                .filter(line -> line.startsWith(topic.name() + " 0 "))
                .mapToLong(line -> Long.parseLong(line.split(" ")[2]))
                .findFirst()
                .orElse(-1);
    }

    private static long segments(Path log) {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(".log")).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
