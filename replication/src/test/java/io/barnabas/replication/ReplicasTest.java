package io.barnabas.replication;

import static io.barnabas.replication.ReplicaFixture.request;
import static io.barnabas.replication.ReplicaFixture.state;
import static io.barnabas.replication.ReplicaFixture.topicId;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrResponse;
import io.barnabas.wire.message.LeaderAndIsrResponse.LeaderAndIsrPartitionError;
import io.barnabas.wire.message.StopReplicaRequest;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaPartitionState;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaPartitionV0;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaTopicState;
import io.barnabas.wire.message.StopReplicaResponse;
import io.barnabas.wire.message.StopReplicaResponse.StopReplicaPartitionError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicasTest {
    private static final String TOPIC = "orders";
    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);

    @TempDir
    Path directory;

    private ReplicaFixture broker;

    @BeforeEach
    void start() throws IOException {
        broker = new ReplicaFixture(directory);
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void leadsFollowsAndAnswersEveryPartition() {
        LeaderAndIsrResponse answer = broker.apply(request(
                TOPIC,
                topicId(TOPIC),
                state(0, 1, 0, ids(1, 2), ids(1, 2)),
                state(1, 2, 0, ids(1, 2), ids(1, 2)),
                state(2, 2, 0, ids(2, 3), ids(2, 3))));
        assertThat(answer.errorCode()).isZero();
        assertThat(answer.topics()).hasSize(1);
        assertThat(answer.topics().get(0).topicId()).isEqualTo(topicId(TOPIC));
        assertThat(errors(answer)).containsExactly("0 NONE", "1 NONE", "2 UNKNOWN_TOPIC_OR_PARTITION");
        assertThat(broker.replicas.partition(FIRST).view().role()).isEqualTo(Role.LEADER);
        assertThat(broker.replicas.topic(topicId(TOPIC)).partition(1).view().role())
                .isEqualTo(Role.FOLLOWER);
        assertThat(broker.replicas.topic(TOPIC).partition(2)).isNull();
        assertThat(broker.leadership).containsExactly("elected orders-0 in 0");
        assertThat(directory.resolve("orders-0").resolve("partition.metadata")).exists();
    }

    @Test
    void doesNothingUntilTheMailboxRuns() {
        var answer = broker.replicas.leaderAndIsr(request(TOPIC, topicId(TOPIC), state(0, 1, 0, ids(1), ids(1))));
        assertThat(answer.toCompletableFuture()).isNotDone();
        assertThat(broker.replicas.partition(FIRST)).isNull();
        broker.run(answer);
        assertThat(broker.replicas.partition(FIRST)).isNotNull();
    }

    @Test
    void refusesALeaderEpochThatIsNotNewer() {
        lead(3);
        assertThat(errors(broker.apply(request(TOPIC, topicId(TOPIC), state(0, 1, 3, ids(1), ids(1))))))
                .containsExactly("0 STALE_CONTROLLER_EPOCH");
        assertThat(errors(broker.apply(request(TOPIC, topicId(TOPIC), state(0, 2, 2, ids(1, 2), ids(2))))))
                .containsExactly("0 STALE_CONTROLLER_EPOCH");
        assertThat(broker.replicas.partition(FIRST).view().isLeader()).isTrue();
    }

    @Test
    void skipsAnOlderPartitionEpochWithoutAnError() {
        lead(3);
        assertThat(errors(broker.apply(request(
                        TOPIC, topicId(TOPIC), state(0, 2, 4, ids(1, 2), ids(2)).partitionEpoch(2)))))
                .containsExactly("0 NONE");
        assertThat(broker.replicas.partition(FIRST).view().leaderEpoch()).isEqualTo(3);
    }

    @Test
    void refusesAnotherTopicOfTheSameName() {
        lead(0);
        assertThat(errors(broker.apply(request(TOPIC, new Uuid(7, 7), state(0, 1, 1, ids(1), ids(1))))))
                .containsExactly("0 INCONSISTENT_TOPIC_ID");
    }

    @Test
    void refusesFilesOfAnotherTopicOfTheSameName() throws IOException {
        broker.logs.create(FIRST, new Uuid(7, 7), broker.config().log());
        assertThat(errors(broker.apply(request(TOPIC, topicId(TOPIC), state(0, 1, 0, ids(1), ids(1))))))
                .containsExactly("0 INCONSISTENT_TOPIC_ID");
        assertThat(broker.replicas.partition(FIRST)).isNull();
    }

    @Test
    void acceptsRequestsFromBeforeTopicIdsAndTakesTheIdWhenItComes() {
        LeaderAndIsrRequest flat = new LeaderAndIsrRequest()
                .controllerEpoch(5)
                .brokerEpoch(-1)
                .ungroupedPartitionStates(List.of(state(0, 1, 0, ids(1), ids(1)).topicName(TOPIC)));
        LeaderAndIsrResponse answer = broker.apply(flat);
        assertThat(answer.partitionErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.topicName()).isEqualTo(TOPIC));
        assertThat(broker.replicas.partition(FIRST).topicId()).isEqualTo(Uuid.ZERO);
        broker.apply(request(TOPIC, topicId(TOPIC), state(0, 1, 1, ids(1), ids(1))));
        assertThat(broker.replicas.topic(topicId(TOPIC)).partition(0)).isNotNull();
    }

    @Test
    void refusesAControllerThatWasReplacedAndARequestForAnEarlierLife() {
        lead(0);
        assertThat(broker.apply(request(TOPIC, topicId(TOPIC)).controllerEpoch(4))
                        .errorCode())
                .isEqualTo(ErrorCode.STALE_CONTROLLER_EPOCH.code());
        assertThat(broker.apply(request(TOPIC, topicId(TOPIC)).brokerEpoch(39)).errorCode())
                .isEqualTo(ErrorCode.STALE_BROKER_EPOCH.code());
        assertThat(stop(new StopReplicaRequest().controllerEpoch(4)).errorCode())
                .isEqualTo(ErrorCode.STALE_CONTROLLER_EPOCH.code());
    }

    @Test
    void tellsWhoLeadsAndWhoDoesNotAnyMore() {
        lead(0);
        lead(1);
        broker.apply(request(TOPIC, topicId(TOPIC), state(0, 2, 2, ids(1, 2), ids(2))));
        broker.apply(request(TOPIC, topicId(TOPIC), state(0, 2, 3, ids(1, 2), ids(2))));
        assertThat(broker.leadership)
                .containsExactly("elected orders-0 in 0", "elected orders-0 in 1", "resigned orders-0 in 2");
    }

    @Test
    void stopsWithoutDeletingAndThenDeletes() {
        lead(4);
        assertThat(stopped(stop(stopRequest(3, true)))).containsExactly("0 FENCED_LEADER_EPOCH");
        assertThat(stopped(stop(stopRequest(4, false)))).containsExactly("0 NONE");
        assertThat(broker.replicas.partition(FIRST)).isNotNull();
        Partition before = broker.replicas.partition(FIRST);
        assertThat(stopped(stop(stopRequest(RoleRequests.EPOCH_OF_DELETION, true))))
                .containsExactly("0 NONE");
        assertThat(broker.replicas.partition(FIRST)).isNull();
        assertThat(broker.replicas.topic(TOPIC)).isNull();
        assertThat(broker.replicas.topic(topicId(TOPIC))).isNull();
        assertThat(before.view().role()).isEqualTo(Role.GONE);
        assertThat(directory.resolve("orders-0")).doesNotExist();
        assertThat(broker.leadership).containsExactly("elected orders-0 in 4", "resigned orders-0 in 4");
    }

    @Test
    void deletesFilesThatNobodyHasGivenARole() throws IOException {
        broker.logs.create(FIRST, topicId(TOPIC), broker.config().log());
        StopReplicaRequest oldest = new StopReplicaRequest()
                .controllerEpoch(5)
                .brokerEpoch(-1)
                .deletePartitions(true)
                .ungroupedPartitions(
                        List.of(new StopReplicaPartitionV0().topicName(TOPIC).partitionIndex(0)));
        assertThat(stopped(stop(oldest))).containsExactly("0 NONE");
        assertThat(broker.logs.logFor(FIRST)).isNull();
    }

    @Test
    void aTopicMadeAnewUnderItsOldNameIsAnotherOne() {
        lead(0);
        stop(stopRequest(RoleRequests.EPOCH_OF_DELETION, true));
        Uuid second = new Uuid(8, 8);
        assertThat(errors(broker.apply(request(TOPIC, second, state(0, 1, 0, ids(1), ids(1))))))
                .containsExactly("0 NONE");
        assertThat(broker.replicas.topic(second).partition(0).view().isLeader()).isTrue();
        assertThat(broker.replicas.topic(topicId(TOPIC))).isNull();
    }

    @Test
    void answersWithAStorageErrorOnceADirectoryIsLost() throws IOException {
        lead(0);
        Partition partition = broker.replicas.partition(FIRST);
        broker.run(broker.replicas.logsFailed(List.of(FIRST)));
        assertThat(partition.view().leaderRefusal(-1)).isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR);
        assertThat(errors(broker.apply(request(TOPIC, topicId(TOPIC), state(0, 1, 1, ids(1), ids(1))))))
                .containsExactly("0 KAFKA_STORAGE_ERROR");
        assertThat(stopped(stop(stopRequest(1, true)))).containsExactly("0 KAFKA_STORAGE_ERROR");
        assertThat(Files.exists(directory.resolve("orders-0"))).isTrue();
        assertThat(broker.leadership).containsExactly("elected orders-0 in 0", "resigned orders-0 in 0");
    }

    @Test
    void takesANewConfiguration() {
        lead(0);
        broker.minInSyncReplicas = 2;
        broker.run(broker.replicas.configChanged(TOPIC));
        assertThat(broker.replicas.partition(FIRST).config().minInSyncReplicas())
                .isEqualTo(2);
    }

    private void lead(int epoch) {
        broker.apply(request(TOPIC, topicId(TOPIC), state(0, 1, epoch, ids(1), ids(1))));
    }

    private StopReplicaResponse stop(StopReplicaRequest request) {
        return broker.run(broker.replicas.stopReplica(request));
    }

    private static StopReplicaRequest stopRequest(int leaderEpoch, boolean delete) {
        return new StopReplicaRequest()
                .controllerEpoch(5)
                .brokerEpoch(ReplicaFixture.BROKER_EPOCH)
                .topicStates(List.of(new StopReplicaTopicState()
                        .topicName(TOPIC)
                        .partitionStates(List.of(new StopReplicaPartitionState()
                                .partitionIndex(0)
                                .leaderEpoch(leaderEpoch)
                                .deletePartition(delete)))));
    }

    private static List<String> errors(LeaderAndIsrResponse answer) {
        return answer.partitionErrors().stream().map(ReplicasTest::text).toList();
    }

    private static String text(LeaderAndIsrPartitionError error) {
        return error.partitionIndex() + " " + ErrorCode.of(error.errorCode());
    }

    private static List<String> stopped(StopReplicaResponse answer) {
        return answer.partitionErrors().stream().map(ReplicasTest::text).toList();
    }

    private static String text(StopReplicaPartitionError error) {
        return error.partitionIndex() + " " + ErrorCode.of(error.errorCode());
    }

    private static int[] ids(int... ids) {
        return ids;
    }
}
