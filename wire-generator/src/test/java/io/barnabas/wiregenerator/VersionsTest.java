package io.barnabas.wiregenerator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionsTest {
    private static final Versions KNOWN = Versions.parse("0-9");

    @Test
    void readsWhatSchemasWrite() {
        assertThat(Versions.parse("none").isEmpty()).isTrue();
        assertThat(Versions.parse(null).isEmpty()).isTrue();
        assertThat(Versions.parse("3")).hasToString("3");
        assertThat(Versions.parse("3-5").or(Versions.parse("8"))).hasToString("3-5, 8");
        assertThat(Versions.parse("3+")).hasToString("3+");
    }

    @Test
    void makesTheShortestConditionThatHoldsAmongTheKnownVersions() {
        assertThat(Versions.parse("0+").condition(KNOWN)).isEqualTo("true");
        assertThat(Versions.parse("10+").condition(KNOWN)).isEqualTo("false");
        assertThat(Versions.parse("4+").condition(KNOWN)).isEqualTo("version >= 4");
        assertThat(Versions.parse("0-3").condition(KNOWN)).isEqualTo("version <= 3");
        assertThat(Versions.parse("0").condition(KNOWN)).isEqualTo("version == 0");
        assertThat(Versions.parse("5").condition(KNOWN)).isEqualTo("version == 5");
        assertThat(Versions.parse("2-7").condition(KNOWN)).isEqualTo("version >= 2 && version <= 7");
        assertThat(Versions.parse("0-1").or(Versions.parse("4-5")).condition(KNOWN))
                .isEqualTo("version <= 1 || version >= 4 && version <= 5");
    }

    /** A hole in what is known may be counted to either side. */
    @Test
    void conditionHoldsForEveryKnownVersionOfEverySet() {
        for (int known = 1; known < 128; known++) {
            for (int held = 0; held < 128; held++) {
                String condition = new Versions(held).condition(new Versions(known));
                for (int version = 0; version < 7; version++) {
                    if ((known >> version & 1) != 0) {
                        assertThat(holds(condition, version))
                                .as("%s for %s of %s", condition, held, known)
                                .isEqualTo((held >> version & 1) != 0);
                    }
                }
            }
        }
    }

    private static boolean holds(String condition, int version) {
        for (String run : condition.split(" \\|\\| ")) {
            boolean all = true;
            for (String term : run.split(" && ")) {
                all &= term(term, version);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static boolean term(String term, int version) {
        if (term.equals("true") || term.equals("false")) {
            return term.equals("true");
        }
        String[] words = term.split(" ");
        int bound = Integer.parseInt(words[2]);
        return switch (words[1]) {
            case "==" -> version == bound;
            case ">=" -> version >= bound;
            default -> version <= bound;
        };
    }
}
