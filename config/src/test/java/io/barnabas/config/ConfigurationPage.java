package io.barnabas.config;

import java.util.List;
import java.util.Locale;

/** docs/configuration.md, made of the keys. */
final class ConfigurationPage {

    private static final String INTRODUCTION = """
            # Configuration

            Made of the keys in `config/`; do not edit. `KeysTest` compares names, types, defaults and ranges with Kafka 3.9.2.

            Barnabas reads the same `server.properties` as Kafka: `bin/kafka-server-start.sh server.properties --override key=value`.
            Keys that nobody knows are named in one warning and ignored. Keys marked "no" in the column *acts* are known, checked and
            described, but nothing reads them yet; a start names those that are set to something else than their default.

            The column *changes* says what a running broker takes: `read-only` needs a restart, `per-broker` can be set for one broker,
            `cluster-wide` for all of them or for one. A value for one broker counts before one for all, that before the file, that
            before the default. Many keys of listeners, TLS and SASL may be set for a single listener, as `listener.name.<name>.<key>`.
            """;

    private static final List<String> UNLIMITED = List.of(
            Integer.toString(Integer.MAX_VALUE), Long.toString(Long.MAX_VALUE), Double.toString(Double.MAX_VALUE));

    private ConfigurationPage() {}

    static String render() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (KeyFamily family : BrokerKeys.families()) brokerSection(page, family);
        topicSection(page);
        return page.toString();
    }

    private static void brokerSection(StringBuilder page, KeyFamily family) {
        page.append("\n## ")
                .append(family.title())
                .append("\n\n")
                .append(family.about())
                .append("\n\n");
        page.append("| key | type | default | right are | changes | acts | meaning |\n|---|---|---|---|---|---|---|\n");
        for (ConfigKey<?> key : family.keys()) {
            page.append(common(key)).append(key.updateMode()).append(" | ");
            page.append(ActedOn.contains(key) ? "yes" : "no")
                    .append(" | ")
                    .append(meaning(key))
                    .append(" |\n");
        }
    }

    private static void topicSection(StringBuilder page) {
        page.append("\n## ").append(TopicKeys.FAMILY.title()).append("\n\n").append(TopicKeys.FAMILY.about());
        page.append(
                "\n\n| key | type | default | right are | follows | acts | meaning |\n|---|---|---|---|---|---|---|\n");
        for (ConfigKey<?> key : TopicKeys.all()) {
            ConfigKey<?> followed = key.brokerKey();
            String follows = followed == null ? "" : codes(followed.synonyms());
            page.append(common(key)).append(follows).append(" | ");
            page.append(ActedOn.contains(key) ? "yes" : "no")
                    .append(" | ")
                    .append(escaped(key.doc()))
                    .append(" |\n");
        }
    }

    private static String common(ConfigKey<?> key) {
        return "| `" + key.name() + "` | " + key.type().name().toLowerCase(Locale.ROOT) + " | " + defaultOf(key) + " | "
                + escaped(key.range()) + " | ";
    }

    private static <T> String defaultOf(ConfigKey<T> key) {
        if (key.defaultValue() == null) return "";
        String shown = key.type().show(key.defaultValue());
        if (shown.equals(Long.toString(Long.MAX_VALUE)) || shown.equals(Double.toString(Double.MAX_VALUE)))
            return "no limit";
        return shown.isEmpty() ? "empty" : "`" + shown.replace(",", ", ") + "`";
    }

    private static String meaning(ConfigKey<?> key) {
        List<String> standIns = key.synonyms().subList(1, key.synonyms().size());
        return escaped(key.doc()) + (standIns.isEmpty() ? "" : " Unset: " + codes(standIns) + ".");
    }

    private static String codes(List<String> names) {
        return "`" + String.join("`, `", names) + "`";
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }
}
