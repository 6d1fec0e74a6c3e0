package io.barnabas.requests.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.barnabas.config.BrokerKeys;
import io.barnabas.config.TopicKeys;
import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.AlterConfigsRequest;
import io.barnabas.wire.message.AlterConfigsResponse;
import io.barnabas.wire.message.DescribeConfigsRequest;
import io.barnabas.wire.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.barnabas.wire.message.DescribeConfigsResponse;
import io.barnabas.wire.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.barnabas.wire.message.DescribeConfigsResponse.DescribeConfigsResult;
import io.barnabas.wire.message.DescribeConfigsResponse.DescribeConfigsSynonym;
import io.barnabas.wire.message.IncrementalAlterConfigsRequest;
import io.barnabas.wire.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.barnabas.wire.message.IncrementalAlterConfigsRequest.AlterableConfig;
import io.barnabas.wire.message.IncrementalAlterConfigsResponse;
import io.barnabas.wire.message.IncrementalAlterConfigsResponse.AlterConfigsResourceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigApisTest {
    private static final byte TOPIC = ConfiguredResource.TOPIC;
    private static final byte BROKER = ConfiguredResource.BROKER;
    private static final byte SET = 0;
    private static final byte DELETE = 1;
    private static final byte APPEND = 2;
    private static final byte SUBTRACT = 3;

    private final AdminBed bed = new AdminBed(Map.of("log.retention.hours", "1", "message.max.bytes", "5000"));

    @BeforeEach
    void createTopic() {
        bed.createTopic("t", 1);
    }

    // --- describing

    private DescribeConfigsResult describe(int version, byte type, String name, String... keys) {
        DescribeConfigsResponse answer = bed.call(
                version,
                new DescribeConfigsRequest()
                        .includeSynonyms(version >= 1)
                        .includeDocumentation(version >= 3)
                        .resources(List.of(new DescribeConfigsResource()
                                .resourceType(type)
                                .resourceName(name)
                                .configurationKeys(keys.length == 0 ? null : List.of(keys)))));
        return answer.results().get(0);
    }

    @Test
    void describesATopicInEveryVersion() {
        alter(TOPIC, "t", change(SET, "retention.ms", "7"));
        for (int version = 0; version <= 4; version++) {
            DescribeConfigsResult result = describe(version, TOPIC, "t");
            assertThat(result.errorCode()).isZero();
            assertThat(result.configs()).hasSizeGreaterThan(25);
            DescribeConfigsResourceResult retention = result.configs().stream()
                    .filter(config -> config.name().equals("retention.ms"))
                    .findFirst()
                    .orElseThrow();
            assertThat(retention.value()).isEqualTo("7");
            assertThat(retention.isDefault()).isFalse();
        }
    }

    @Test
    void saysWhereAValueComesFromAndWhatStandsBehindIt() {
        alter(TOPIC, "t", change(SET, "max.message.bytes", "7000"));
        DescribeConfigsResourceResult entry =
                describe(4, TOPIC, "t", "max.message.bytes").configs().get(0);
        assertThat(entry.configSource()).isEqualTo((byte) 1);
        assertThat(entry.configType()).isEqualTo((byte) 3);
        assertThat(entry.documentation()).isNotBlank();
        assertThat(entry.synonyms())
                .extracting(DescribeConfigsSynonym::name, DescribeConfigsSynonym::value, DescribeConfigsSynonym::source)
                .containsExactly(
                        tuple("max.message.bytes", "7000", (byte) 1),
                        tuple("message.max.bytes", "5000", (byte) 4),
                        tuple("message.max.bytes", "1048588", (byte) 5));
    }

    @Test
    void describesThisBrokerAndTheDefaultsOfAll() {
        assertThat(describe(4, BROKER, "1", "message.max.bytes")
                        .configs()
                        .get(0)
                        .value())
                .isEqualTo("5000");
        assertThat(describe(4, BROKER, "").configs()).isEmpty();
        alter(BROKER, "", change(SET, "message.max.bytes", "6000"));
        assertThat(describe(4, BROKER, "").configs())
                .extracting(DescribeConfigsResourceResult::name)
                .containsExactly("message.max.bytes");
        assertThat(describe(4, BROKER, "1", "message.max.bytes")
                        .configs()
                        .get(0)
                        .value())
                .isEqualTo("6000");
    }

    @Test
    void refusesToDescribeWhatItDoesNotKnow() {
        assertThat(describe(4, TOPIC, "x").errorCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(describe(4, TOPIC, "a/b").errorCode()).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION.code());
        assertThat(describe(4, BROKER, "2").errorMessage())
                .isEqualTo("Unexpected broker id, expected 1 or empty string, but received 2");
        assertThat(describe(4, BROKER, "one").errorMessage()).isEqualTo("Broker id must be an integer, but it is: one");
        bed.forbidden.add("t");
        assertThat(describe(4, TOPIC, "t").errorCode()).isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
    }

    // --- altering step by step

    private static AlterableConfig change(byte operation, String name, String value) {
        return new AlterableConfig().configOperation(operation).name(name).value(value);
    }

    private AlterConfigsResourceResponse alter(byte type, String name, AlterableConfig... changes) {
        return alter(1, false, type, name, changes);
    }

    private AlterConfigsResourceResponse alter(
            int version, boolean validateOnly, byte type, String name, AlterableConfig... changes) {
        IncrementalAlterConfigsResponse answer = bed.call(
                version,
                new IncrementalAlterConfigsRequest()
                        .validateOnly(validateOnly)
                        .resources(List.of(new AlterConfigsResource()
                                .resourceType(type)
                                .resourceName(name)
                                .configs(List.of(changes)))));
        return answer.responses().get(0);
    }

    @Test
    @Acceptance(95)
    void bringsATopicsSettingsIntoForce() {
        AlterConfigsResourceResponse answer = alter(0, false, TOPIC, "t", change(SET, "retention.ms", "7"));
        assertThat(answer.errorCode()).isZero();
        assertThat(answer.errorMessage()).isNull();
        bed.cluster.settle();
        assertThat(bed.configs.topic("t").get(TopicKeys.RETENTION_MS)).isEqualTo(7L);
        alter(TOPIC, "t", change(DELETE, "retention.ms", null));
        bed.cluster.settle();
        assertThat(bed.configs.topic("t").get(TopicKeys.RETENTION_MS)).isEqualTo(3_600_000L);
    }

    @Test
    void appendsToListsAndSubtractsFromThem() {
        alter(TOPIC, "t", change(APPEND, "cleanup.policy", "compact"));
        assertThat(bed.cluster.server().textOf("/config/topics/t")).contains("\"cleanup.policy\":\"delete,compact\"");
        alter(TOPIC, "t", change(SUBTRACT, "cleanup.policy", "delete"));
        assertThat(bed.cluster.server().textOf("/config/topics/t")).contains("\"cleanup.policy\":\"compact\"");
        assertThat(alter(TOPIC, "t", change(APPEND, "retention.ms", "1")).errorCode())
                .isEqualTo(ErrorCode.INVALID_CONFIG.code());
    }

    @Test
    void bringsBrokerSettingsIntoForce() {
        assertThat(alter(BROKER, "1", change(SET, "message.max.bytes", "9000")).errorCode())
                .isZero();
        bed.cluster.settle();
        assertThat(bed.configs.broker().get(BrokerKeys.MESSAGE_MAX_BYTES)).isEqualTo(9000);
        assertThat(alter(BROKER, "1", change(SET, "log.dirs", "/x")).errorCode())
                .isEqualTo(ErrorCode.INVALID_REQUEST.code());
        assertThat(alter(BROKER, "2", change(SET, "message.max.bytes", "1")).errorMessage())
                .isEqualTo("Unexpected broker id, expected 1, but received 2");
    }

    @Test
    void changesNothingWhenAnythingIsWrong() {
        AlterConfigsResourceResponse refused =
                alter(TOPIC, "t", change(SET, "retention.ms", "7"), change(SET, "segment.bytes", "many"));
        assertThat(refused.errorCode()).isEqualTo(ErrorCode.INVALID_CONFIG.code());
        assertThat(refused.errorMessage())
                .isEqualTo("Invalid config value for resource ConfigResource(type=TOPIC, name='t'): "
                        + "Invalid value many for configuration segment.bytes: Not a number of type INT");
        assertThat(bed.cluster.server().textOf("/config/topics/t")).isEqualTo("{\"version\":1,\"config\":{}}");
        assertThat(alter(TOPIC, "x", change(SET, "retention.ms", "7")).errorMessage())
                .isEqualTo("The topic 'x' does not exist.");
        assertThat(alter(TOPIC, "t", change(SET, "retention.ms", null)).errorMessage())
                .isEqualTo("Null value not supported for : retention.ms");
        assertThat(alter(TOPIC, "t", change(SET, "a", "1"), change(SET, "a", "2"))
                        .errorMessage())
                .isEqualTo("Error due to duplicate config keys");
        assertThat(alter(TOPIC, "t", change((byte) 9, "retention.ms", "7")).errorCode())
                .isEqualTo(ErrorCode.INVALID_REQUEST.code());
    }

    @Test
    void onlyChecksWhenAsked() {
        assertThat(alter(1, true, TOPIC, "t", change(SET, "retention.ms", "7")).errorCode())
                .isZero();
        assertThat(bed.cluster.server().textOf("/config/topics/t")).doesNotContain("retention.ms");
    }

    @Test
    void keepsPasswordsOutOfZooKeeper() {
        AlterConfigsResourceResponse refused =
                alter(BROKER, "1", change(SET, "listener.name.plaintext.ssl.key.password", "secret"));
        assertThat(refused.errorCode()).isEqualTo(ErrorCode.INVALID_REQUEST.code());
        assertThat(refused.errorMessage()).doesNotContain("secret");
    }

    // --- replacing all

    private AlterConfigsResponse.AlterConfigsResourceResponse replace(int version, String topic, String... pairs) {
        List<AlterConfigsRequest.AlterableConfig> configs = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            configs.add(new AlterConfigsRequest.AlterableConfig().name(pairs[i]).value(pairs[i + 1]));
        }
        AlterConfigsResponse answer = bed.call(
                version,
                new AlterConfigsRequest()
                        .resources(List.of(new AlterConfigsRequest.AlterConfigsResource()
                                .resourceType(TOPIC)
                                .resourceName(topic)
                                .configs(configs))));
        return answer.responses().get(0);
    }

    @Test
    void replacesAllSettingsInEveryVersion() {
        for (int version = 0; version <= 2; version++) {
            replace(version, "t", "retention.ms", "7", "segment.bytes", "1000");
            assertThat(replace(version, "t", "retention.ms", "8").errorCode()).isZero();
            assertThat(bed.cluster.server().textOf("/config/topics/t"))
                    .isEqualTo("{\"version\":1,\"config\":{\"retention.ms\":\"8\"}}");
        }
        assertThat(replace(1, "t", "nonsense", "8").errorCode()).isEqualTo(ErrorCode.INVALID_CONFIG.code());
    }
}
