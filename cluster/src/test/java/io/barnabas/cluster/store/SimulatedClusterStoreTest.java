package io.barnabas.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.SimulatedTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SimulatedClusterStoreTest extends ClusterStoreContract {
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedZooKeeper server = new SimulatedZooKeeper();

    @Override
    SimulatedClusterStore newStore() {
        return new SimulatedClusterStore(server, time);
    }

    @Override
    <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        while (!future.isDone() && time.advanceToNextTask()) {
            // Each turn runs what comes next.
        }
        assertThat(future).isDone();
        return future.join();
    }

    @Override
    void expire(ClusterStore store) {
        ((SimulatedClusterStore) store).expireSession();
    }

    @Test
    void answersUnknownForAWriteThatWasCutOffAndLetsReadsWait() {
        SimulatedClusterStore store = newStore();
        StoreSession session = await(store.start());
        CompletionStage<Answer<String>> arrives = session.create("/a", null, NodeKind.PERSISTENT);
        store.disconnect(true);
        CompletionStage<Answer<NodeStat>> read = session.exists("/a");
        assertThat(await(arrives).code()).isEqualTo(AnswerCode.UNKNOWN);
        assertThat(read.toCompletableFuture()).isNotDone();
        store.reconnect();
        assertThat(await(read).isOk()).isTrue();
    }
}
