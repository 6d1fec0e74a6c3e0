package io.barnabas.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Descriptions beside what a Kafka 3.9.2 broker answered with the same values set at the same levels. */
class DescriptionTest {

    private static final Map<String, ConfigSource> SOURCES = Map.of(
            "DYNAMIC_TOPIC_CONFIG", ConfigSource.TOPIC,
            "DYNAMIC_BROKER_CONFIG", ConfigSource.DYNAMIC_BROKER,
            "DYNAMIC_DEFAULT_BROKER_CONFIG", ConfigSource.DYNAMIC_DEFAULT_BROKER,
            "STATIC_BROKER_CONFIG", ConfigSource.STATIC_BROKER,
            "DEFAULT_CONFIG", ConfigSource.DEFAULT);

    /** Kafka forgets the file's value of this one while log.retention.ms is set dynamically; we keep showing it. */
    private static final String SHOWN_AS_IN_THE_FILE = "log.retention.hours";

    private record Line(
            String name,
            String value,
            ConfigSource source,
            boolean readOnly,
            boolean secret,
            String type,
            String synonyms) {}

    private final Map<String, List<Line>> sections = sections();
    private final BrokerConfig broker = BrokerConfig.of(setAt(ConfigSource.STATIC_BROKER))
            .withDynamic(setAt(ConfigSource.DYNAMIC_DEFAULT_BROKER), setAt(ConfigSource.DYNAMIC_BROKER));

    private static Map<String, List<Line>> sections() {
        Map<String, List<Line>> sections = new LinkedHashMap<>();
        String section = "";
        for (String line : Lines.of("/kafka-3.9.2-describe.tsv")) {
            if (line.startsWith("#")) section = line;
            else {
                String[] f = line.split("\t", -1);
                sections.computeIfAbsent(section, any -> new ArrayList<>())
                        .add(new Line(
                                f[0], f[1], SOURCES.get(f[2]), f[3].equals("ro"), f[4].equals("secret"), f[5], f[6]));
            }
        }
        return sections;
    }

    /** What was set at a level, read back from the synonyms of the answer. */
    private Map<String, String> setAt(ConfigSource source) {
        Map<String, String> values = new TreeMap<>();
        for (Line line : sections.get("#BROKER")) {
            for (String synonym : line.synonyms().split(" (?=[A-Z_]+:)")) {
                if (synonym.isEmpty()) continue;
                String[] parts = synonym.split("[:=]", 3);
                if (SOURCES.get(parts[0]) == source) values.put(parts[1], parts[2].equals("null") ? "1" : parts[2]);
            }
        }
        return values;
    }

    @Test
    void describesABrokerAsKafkaDoes() {
        Map<String, ConfigEntry> ours = byName(broker.describe());
        for (Line line : sections.get("#BROKER")) compare(line, ours.remove(line.name()));
        assertThat(ours.keySet())
                .allMatch(name ->
                        name.startsWith("barnabas.") || QuotaKeys.FAMILY.keys().contains(BrokerKeys.named(name)));
    }

    @Test
    void describesClusterDefaultsAsKafkaDoes() {
        Map<String, ConfigEntry> ours = byName(broker.describeClusterDefaults());
        for (Line line : sections.get("#BROKER default")) compare(line, ours.remove(line.name()));
        assertThat(ours).isEmpty();
    }

    @Test
    void describesATopicAsKafkaDoes() {
        TopicConfig topic = TopicConfig.of(broker, Map.of("retention.bytes", "77", "cleanup.policy", "compact,delete"));
        Map<String, ConfigEntry> ours = byName(topic.describe());
        for (Line line : sections.get("#TOPIC")) compare(line, ours.remove(line.name()));
        assertThat(ours.keySet()).allMatch(name -> name.startsWith("barnabas."));
    }

    private static Map<String, ConfigEntry> byName(List<ConfigEntry> entries) {
        Map<String, ConfigEntry> byName = new HashMap<>();
        for (ConfigEntry entry : entries) byName.put(entry.name(), entry);
        return byName;
    }

    private static void compare(Line theirs, ConfigEntry ours) {
        assertThat(ours).as(theirs.name()).isNotNull();
        if (!theirs.name().equals(SHOWN_AS_IN_THE_FILE) && !theirs.name().equals("listener.security.protocol.map"))
            assertThat(String.valueOf(ours.value())).as(theirs.name()).isEqualTo(theirs.value());
        assertThat(ours.source()).as(theirs.name()).isEqualTo(theirs.source());
        assertThat(ours.isReadOnly()).as(theirs.name()).isEqualTo(theirs.readOnly());
        assertThat(ours.isSensitive()).as(theirs.name()).isEqualTo(theirs.secret());
        if (!theirs.name().equals("listener.security.protocol.map"))
            assertThat(synonyms(ours)).as(theirs.name()).isEqualTo(theirs.synonyms());
        assertThat(ours.typeId()).as(theirs.name()).isEqualTo(typeId(theirs.type()));
    }

    private static byte typeId(String name) {
        return (byte)
                List.of("UNKNOWN", "BOOLEAN", "STRING", "INT", "SHORT", "LONG", "DOUBLE", "LIST", "CLASS", "PASSWORD")
                        .indexOf(name);
    }

    private static String synonyms(ConfigEntry entry) {
        Map<ConfigSource, String> names =
                SOURCES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        return entry.synonyms().stream()
                .map(one -> names.get(one.source()) + ":" + one.name() + "=" + one.value())
                .collect(Collectors.joining(" "));
    }

    @Test
    void hidesSecretsAndWhatMayBeOne() {
        BrokerConfig config = BrokerConfig.of(Map.of("ssl.key.password", "s3cret", "plugin.token", "s3cret"));
        assertThat(config.describe().toString()).doesNotContain("s3cret");
        assertThat(config.get(BrokerKeys.SSL_KEY_PASSWORD).value()).isEqualTo("s3cret");
        assertThat(config.get(BrokerKeys.SSL_KEY_PASSWORD)).hasToString("[hidden]");
    }

    @Test
    void describesAListenersOwnValueBeforeTheGeneralOne() {
        BrokerConfig config =
                BrokerConfig.of(Map.of("listener.name.inside.num.network.threads", "5", "num.network.threads", "4"));
        ConfigEntry entry = byName(config.describe()).get("listener.name.inside.num.network.threads");
        assertThat(entry.value()).isEqualTo("5");
        assertThat(entry.synonyms()).extracting(ConfigEntry.Synonym::value).containsExactly("5", "4", "3");
    }

    @Test
    @Acceptance(22)
    void carriesTheDocumentationOfTheKey() {
        assertThat(byName(broker.describe()).get("log.segment.bytes").documentation())
                .isEqualTo(BrokerKeys.LOG_SEGMENT_BYTES.doc());
    }
}
