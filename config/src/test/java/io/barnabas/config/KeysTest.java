package io.barnabas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our keys beside those of Kafka 3.9.2, key by key. */
class KeysTest {

    private static final Pattern BOUNDS = Pattern.compile("\\[([^,]+),\\.\\.\\.(?:,([^,\\]]+))?\\](?: or -1)?");

    private record Declared(
            String scope,
            String name,
            String type,
            String value,
            String range,
            String importance,
            String mode,
            boolean internal) {
        ConfigKey<?> ours() {
            return scope.equals("T") ? TopicKeys.named(name) : BrokerKeys.named(name);
        }
    }

    private static List<Declared> declared() {
        return Lines.of("/kafka-3.9.2-keys.tsv").stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(f -> new Declared(f[0], f[1], f[2], f[3], f[4], f[5], f[6], Boolean.parseBoolean(f[7])))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> declaresWhatKafkaDeclares() {
        return declared().stream()
                .map(one -> DynamicTest.dynamicTest(one.scope() + " " + one.name(), () -> compare(one)));
    }

    private static void compare(Declared declared) {
        ConfigKey<?> ours = declared.ours();
        assertThat(ours).as(declared.name()).isNotNull();
        assertThat(ours.type().name()).isEqualTo(declared.type());
        assertThat(ours.importance().name()).isEqualTo(declared.importance());
        if (declared.scope().equals("B")) assertThat(ours.updateMode()).hasToString(declared.mode());
        if (declared.scope().equals("B")) assertThat(ours.isHidden()).isEqualTo(declared.internal());
        compareDefault(declared, ours);
        compareRange(declared.range(), ours);
    }

    private static <T> void compareDefault(Declared declared, ConfigKey<T> ours) {
        if (declared.value().equals("<null>")) {
            assertThat(ours.defaultValue()).isNull();
        } else if (declared.name().equals("listener.security.protocol.map")) {
            assertThat(Set.of(((String) ours.defaultValue()).split(",")))
                    .isEqualTo(Set.of(declared.value().split(",")));
        } else if (ours.type() == ConfigType.LIST) {
            assertThat(ours.defaultValue()).hasToString(declared.value());
        } else {
            assertThat(ours.type().show(ours.defaultValue())).isEqualTo(declared.value());
        }
    }

    private static void compareRange(String range, ConfigKey<?> ours) {
        Matcher bounds = BOUNDS.matcher(range);
        if (range.equals("-") || range.startsWith("non-null")) {
            assertThat(ours.range()).isEmpty();
        } else if (bounds.matches()) {
            assertBounds(ours, bounds.group(1), bounds.group(2), range.endsWith("or -1"));
        } else if (range.equals("release")) {
            assertThat(accepts(ours, "2.1")).isTrue();
            assertThat(accepts(ours, "9.9")).isFalse();
        } else if (range.startsWith("[partitionId]")) {
            assertThat(accepts(ours, "0:1,2:3")).isTrue();
            assertThat(accepts(ours, "a:b")).isFalse();
        } else if (range.startsWith("non-empty")) {
            assertThat(accepts(ours, "")).isFalse();
        } else {
            String words = range.substring(range.indexOf('[') + 1, range.length() - 1);
            for (String word : words.split(", "))
                assertThat(accepts(ours, word)).as(word).isTrue();
            assertThat(accepts(ours, "something-else")).isFalse();
        }
    }

    private static void assertBounds(ConfigKey<?> ours, String min, String max, boolean orMinusOne) {
        boolean fraction = ours.type() == ConfigType.DOUBLE;
        assertThat(accepts(ours, min)).isTrue();
        String below = fraction ? "-0.1" : Long.toString(Long.parseLong(min) - 1);
        assertThat(accepts(ours, below)).as("%s below %s", below, min).isFalse();
        if (orMinusOne) assertThat(accepts(ours, "-1")).isTrue();
        if (max == null) return;
        assertThat(accepts(ours, max)).isTrue();
        String above = fraction ? "1.1" : Long.toString(Long.parseLong(max) + 1);
        assertThat(accepts(ours, above)).as("%s above %s", above, max).isFalse();
    }

    private static boolean accepts(ConfigKey<?> key, String text) {
        return key.problemWith(text) == null;
    }

    @Test
    void hasNoKeyThatNobodyAskedFor() {
        Set<String> known = new HashSet<>();
        declared().stream().filter(one -> !one.scope().equals("T")).forEach(one -> known.add(one.name()));
        FormerKeys.FAMILY.keys().forEach(key -> known.add(key.name()));
        BarnabasKeys.FAMILY.keys().forEach(key -> known.add(key.name()));
        assertThat(BrokerKeys.all()).extracting(ConfigKey::name).containsExactlyInAnyOrderElementsOf(known);
        assertThat(TopicKeys.all())
                .filteredOn(key -> !key.name().startsWith("barnabas."))
                .hasSize(36);
    }

    @Test
    void keepsOwnKeysUnderOwnPrefix() {
        assertThat(BarnabasKeys.FAMILY.keys()).allMatch(key -> key.name().startsWith("barnabas."));
    }

    @Test
    void explainsEveryKeyInASentence() {
        for (ConfigKey<?> key : BrokerKeys.all())
            assertThat(key.doc()).as(key.name()).endsWith(".").hasSizeBetween(15, 250);
        for (ConfigKey<?> key : TopicKeys.all())
            assertThat(key.doc()).as(key.name()).endsWith(".").hasSizeBetween(15, 250);
    }

    @Test
    void acceptsItsOwnDefaults() {
        for (ConfigKey<?> key : BrokerKeys.all()) assertDefaultAccepted(key);
        for (ConfigKey<?> key : TopicKeys.all()) assertDefaultAccepted(key);
    }

    private static <T> void assertDefaultAccepted(ConfigKey<T> key) {
        boolean quorumList = key.range().equals("not empty");
        if (key.defaultValue() == null || quorumList) return;
        assertThat(accepts(key, key.type().show(key.defaultValue())))
                .as(key.name())
                .isTrue();
    }

    @Test
    void givesEveryKeyOfAScopeItsOwnSlot() {
        assertThat(BrokerKeys.all()).extracting(ConfigKey::slot).doesNotHaveDuplicates();
        assertThat(TopicKeys.all()).extracting(ConfigKey::slot).doesNotHaveDuplicates();
    }
}
