package io.barnabas.requests.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.requests.admin.AdminBed;
import io.barnabas.requests.group.InternalTopicCreation;
import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataRequest.MetadataRequestTopic;
import io.barnabas.wire.message.MetadataResponse;
import io.barnabas.wire.message.MetadataResponse.MetadataResponsePartition;
import io.barnabas.wire.message.MetadataResponse.MetadataResponseTopic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataHandlerTest {
    private final AdminBed bed = new AdminBed();

    private static MetadataRequest about(String... topics) {
        return new MetadataRequest()
                .topics(Arrays.stream(topics)
                        .map(name -> new MetadataRequestTopic().name(name))
                        .toList());
    }

    private MetadataResponseTopic topic(int version, MetadataRequest request) {
        MetadataResponse answer = bed.call(version, request);
        return answer.topics().get(0);
    }

    @Test
    void describesTopicsInEveryVersion() {
        bed.createTopic("t", 2);
        for (int version = 0; version <= 13; version++) {
            MetadataResponse answer = bed.call(version, about("t"));
            assertThat(answer.brokers()).hasSize(1);
            MetadataResponseTopic topic = answer.topics().get(0);
            assertThat(topic.errorCode()).isZero();
            assertThat(topic.name()).isEqualTo("t");
            assertThat(topic.partitions()).hasSize(2).allSatisfy(partition -> {
                assertThat(partition.errorCode()).isZero();
                assertThat(partition.leaderId()).isEqualTo(1);
                assertThat(partition.replicaNodes()).containsExactly(1);
                assertThat(partition.isrNodes()).containsExactly(1);
            });
            assertThat(answer.controllerId()).isEqualTo(version >= 1 ? 1 : -1);
            assertThat(answer.clusterId()).isEqualTo(version >= 2 ? "simulated" : null);
            assertThat(topic.topicId())
                    .isEqualTo(version >= 10 ? bed.cluster.topic("t").topicId() : Uuid.ZERO);
        }
    }

    @Test
    void namesItselfByTheAddressThatTheCallerUsed() {
        MetadataResponse answer = bed.call(9, about());
        assertThat(answer.brokers().get(0).host()).isEqualTo("127.0.0.1");
        assertThat(answer.brokers().get(0).port()).isEqualTo(9092);
    }

    @Test
    void takesNoTopicsForAllInTheFirstVersionAndForNoneLater() {
        bed.createTopic("t", 1);
        MetadataResponse first = bed.call(0, about());
        assertThat(first.topics()).hasSize(1);
        MetadataResponse later = bed.call(1, about());
        assertThat(later.topics()).isEmpty();
        MetadataResponse all = bed.call(1, new MetadataRequest().topics(null));
        assertThat(all.topics()).hasSize(1);
    }

    @Test
    void findsTopicsById() {
        bed.createTopic("t", 1);
        Uuid id = bed.cluster.topic("t").topicId();
        MetadataRequest byId = new MetadataRequest()
                .topics(List.of(new MetadataRequestTopic().topicId(id).name(null)));
        assertThat(topic(12, byId).name()).isEqualTo("t");
        MetadataRequest unknown = new MetadataRequest()
                .topics(List.of(
                        new MetadataRequestTopic().topicId(new Uuid(7, 7)).name(null)));
        assertThat(topic(13, unknown).errorCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID.code());
    }

    @Test
    @Acceptance(36)
    void makesATopicAtItsFirstUseAndNamesItsLeaderAtOnce() {
        for (int version : new int[] {0, 3, 4, 12}) {
            MetadataResponseTopic made = topic(version, about("first" + version));
            assertThat(made.errorCode()).isZero();
            assertThat(made.partitions()).hasSize(1);
            assertThat(made.partitions().get(0).leaderId()).isEqualTo(1);
        }
        assertThat(bed.cluster.server().textOf("/config/topics/first0")).isEqualTo("{\"version\":1,\"config\":{}}");
    }

    @Test
    void makesNoTopicWhereThatIsNotWanted() {
        MetadataResponseTopic unknown = topic(4, about("t").allowAutoTopicCreation(false));
        assertThat(unknown.errorCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(unknown.partitions()).isEmpty();
        AdminBed strict = new AdminBed(Map.of("auto.create.topics.enable", "false"));
        MetadataResponse answer = strict.call(4, about("t"));
        assertThat(answer.topics().get(0).errorCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(bed.cluster.server().contains("/brokers/topics/t")).isFalse();
    }

    @Test
    void saysComeAgainWhenTheTopicTakesLonger() {
        bed.broker.setReachable(false);
        assertThat(topic(9, about("t")).errorCode()).isEqualTo(ErrorCode.LEADER_NOT_AVAILABLE.code());
        bed.broker.setReachable(true);
        bed.cluster.settle();
        assertThat(topic(9, about("t")).errorCode()).isZero();
    }

    @Test
    void saysWhyATopicCannotBeMade() {
        assertThat(topic(9, about("a/b")).errorCode()).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION.code());
        AdminBed demanding = new AdminBed(Map.of("default.replication.factor", "3"));
        MetadataResponse answer = demanding.call(9, about("t"));
        assertThat(answer.topics().get(0).errorCode()).isEqualTo(ErrorCode.INVALID_REPLICATION_FACTOR.code());
    }

    @Test
    void spreadsATopicMadeAtFirstUseOverUpToThreeBrokers() {
        for (int broker = 2; broker <= 4; broker++) {
            bed.cluster.start(broker);
        }
        assertThat(topic(9, about("t")).partitions().get(0).replicaNodes()).hasSize(3);
        MetadataResponseTopic offsets = topic(9, about("__consumer_offsets"));
        assertThat(offsets.isInternal()).isTrue();
        assertThat(offsets.partitions()).hasSize(50);
        assertThat(bed.cluster.server().textOf("/config/topics/__consumer_offsets"))
                .isEqualTo("{\"version\":1,\"config\":{\"cleanup.policy\":\"compact\","
                        + "\"compression.type\":\"producer\",\"segment.bytes\":\"104857600\"}}");
    }

    @Test
    void makesInternalTopicsWithAsManyReplicasAsThereAreBrokersUpToThree() {
        bed.cluster.start(2);
        bed.firstUse.create(new InternalTopicCreation.InternalTopic(
                "__consumer_offsets", 1, InternalTopicCreation.UNSET, Map.of("cleanup.policy", "compact")));
        bed.cluster.settle();
        assertThat(bed.cluster.topic("__consumer_offsets").partitions().get(0).replicas())
                .hasSize(2);
        bed.firstUse.create(new InternalTopicCreation.InternalTopic("__other", 1, (short) 1, Map.of()));
        bed.cluster.settle();
        assertThat(bed.cluster.topic("__other").partitions().get(0).replicas()).hasSize(1);
    }

    @Test
    void showsWhatIsMissingByVersion() {
        bed.cluster.start(2);
        bed.cluster.createTopic("t", List.of(List.of(2), List.of(1, 2)));
        bed.cluster.broker(2).crash();
        bed.cluster.settle();
        MetadataResponsePartition led = partition(0, 1);
        assertThat(led.errorCode()).isEqualTo(ErrorCode.REPLICA_NOT_AVAILABLE.code());
        assertThat(led.replicaNodes()).containsExactly(1);
        assertThat(partition(5, 1).errorCode()).isZero();
        assertThat(partition(5, 1).replicaNodes()).containsExactly(1, 2);
        assertThat(partition(5, 1).offlineReplicas()).containsExactly(2);
        assertThat(partition(9, 0).errorCode()).isEqualTo(ErrorCode.LEADER_NOT_AVAILABLE.code());
        assertThat(partition(9, 0).leaderId()).isEqualTo(-1);
        assertThat(partition(9, 0).leaderEpoch()).isEqualTo(1);
    }

    @Test
    void namesAMissingListenerFromVersionSixOn() {
        bed.createTopic("t", 1);
        bed.listener = "ELSEWHERE";
        assertThat(topic(5, about("t")).partitions().get(0).errorCode())
                .isEqualTo(ErrorCode.LEADER_NOT_AVAILABLE.code());
        assertThat(topic(6, about("t")).partitions().get(0).errorCode()).isEqualTo(ErrorCode.LISTENER_NOT_FOUND.code());
    }

    private MetadataResponsePartition partition(int version, int number) {
        return topic(version, about("t")).partitions().get(number);
    }

    @Test
    void hidesWhatTheCallerMayNotSee() {
        bed.createTopic("t", 1);
        bed.forbidden.add("t");
        MetadataResponse all = bed.call(9, new MetadataRequest().topics(null));
        assertThat(all.topics()).isEmpty();
        assertThat(topic(9, about("t")).errorCode()).isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
    }

    @Test
    void saysWhatTheCallerMayDoWhenAsked() {
        bed.createTopic("t", 1);
        MetadataResponse answer =
                bed.call(8, about("t").includeTopicAuthorizedOperations(true).includeClusterAuthorizedOperations(true));
        assertThat(answer.clusterAuthorizedOperations()).isPositive();
        assertThat(answer.topics().get(0).topicAuthorizedOperations()).isPositive();
        assertThat(topic(8, about("t")).topicAuthorizedOperations()).isEqualTo(Integer.MIN_VALUE);
    }
}
