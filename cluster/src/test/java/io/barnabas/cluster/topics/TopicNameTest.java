package io.barnabas.cluster.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicNameTest {

    @Test
    void takesWhatKafkaTakes() {
        assertThat(TopicName.problem("a.b_c-D9")).isEmpty();
        assertThat(TopicName.problem("x".repeat(249))).isEmpty();
        assertThat(TopicName.problem("...")).isEmpty();
    }

    @Test
    void refusesPathsAndOtherBadNamesInKafkasWords() {
        assertThat(TopicName.problem("..")).contains("Topic name is invalid: '..' is not allowed");
        assertThat(TopicName.problem("")).contains("Topic name is invalid: the empty string is not allowed");
        assertThat(TopicName.problem("../../etc"))
                .contains("Topic name is invalid: '../../etc' contains one or more characters other than "
                        + "ASCII alphanumerics, '.', '_' and '-'");
        assertThat(TopicName.problem("x".repeat(250)).orElseThrow()).endsWith("longer than the max allowed length 249");
    }

    @Test
    void namesTopicsThatMetricsWouldMixUp() {
        assertThat(TopicName.colliding("a.b", List.of("a_b", "a.c", "ab"))).containsExactly("a_b");
        assertThat(TopicName.colliding("ab", List.of("ab"))).isEmpty();
    }
}
