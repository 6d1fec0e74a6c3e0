package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.replication.ControllerEpochs;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataBroker;
import io.barnabas.wire.message.UpdateMetadataResponse;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MetadataUpdatesTest {
    private static final long BROKER_EPOCH = 40;

    private final Queue<Runnable> mailbox = new ArrayDeque<>();
    private final MetadataCache metadata = new MetadataCache("cluster");
    private final ControllerEpochs controllerEpochs = new ControllerEpochs();
    private final MetadataUpdates updates =
            new MetadataUpdates(metadata, controllerEpochs, () -> BROKER_EPOCH, deleted -> {}, mailbox::add);

    @Test
    void takeEffectOnTheRoleMailboxAndNotOnTheCallersStack() {
        var answer = updates.update(request(5, BROKER_EPOCH, 1));
        assertThat(metadata.current().brokers()).isEmpty();

        assertThat(errorOf(answer)).isEqualTo(ErrorCode.NONE.code());
        assertThat(metadata.current().brokers()).containsOnlyKeys(1);
    }

    @Test
    void ofAControllerOfThePastAreRefused() {
        controllerEpochs.accept(6);

        assertThat(errorOf(updates.update(request(5, BROKER_EPOCH, 1))))
                .isEqualTo(ErrorCode.STALE_CONTROLLER_EPOCH.code());
        assertThat(metadata.current().brokers()).isEmpty();
    }

    @Test
    void meantForAnEarlierLifeOfThisBrokerAreRefused() {
        assertThat(errorOf(updates.update(request(5, BROKER_EPOCH - 1, 1))))
                .isEqualTo(ErrorCode.STALE_BROKER_EPOCH.code());
        assertThat(controllerEpochs.accept(1))
                .as("and do not count as words of a controller")
                .isTrue();
    }

    @Test
    void ofOldControllersNameNoBrokerEpoch() {
        assertThat(errorOf(updates.update(request(5, -1, 1)))).isEqualTo(ErrorCode.NONE.code());
    }

    private short errorOf(CompletionStage<UpdateMetadataResponse> answer) {
        for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
            task.run();
        }
        return answer.toCompletableFuture().join().errorCode();
    }

    private static UpdateMetadataRequest request(int controllerEpoch, long brokerEpoch, int broker) {
        return new UpdateMetadataRequest()
                .controllerId(1)
                .controllerEpoch(controllerEpoch)
                .brokerEpoch(brokerEpoch)
                .liveBrokers(List.of(new UpdateMetadataBroker().id(broker)));
    }
}
