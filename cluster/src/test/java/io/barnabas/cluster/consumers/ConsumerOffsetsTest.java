package io.barnabas.cluster.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.NodeTree;
import io.barnabas.cluster.store.SimulatedClusterStore;
import io.barnabas.cluster.store.SimulatedZooKeeper;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.TopicPartition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.common.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumerOffsetsTest {
    private static final TopicPartition T3 = new TopicPartition("t", 3);
    private static final String NODE = "/consumers/g/offsets/t/3";

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedZooKeeper server = new SimulatedZooKeeper();
    private final SimulatedClusterStore store = new SimulatedClusterStore(server, time);
    private final ConsumerOffsets offsets = new ConsumerOffsets(store);

    @BeforeEach
    void start() {
        await(store.start().thenCompose(session -> NodeTree.ensure(session, "/consumers")));
    }

    private <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        while (!future.isDone() && time.advanceToNextTask()) {
            // Each turn runs what comes next.
        }
        return future.join();
    }

    @Test
    void keepsAnOffsetAsTextInANodeOfItsOwn() {
        assertThat(await(offsets.commit("g", T3, 42))).isEqualTo(AnswerCode.OK);
        assertThat(server.textOf(NODE)).isEqualTo("42");
        assertThat(await(offsets.commit("g", T3, 43))).isEqualTo(AnswerCode.OK);
        assertThat(server.textOf(NODE)).isEqualTo("43");
        assertThat(await(offsets.committed("g", T3)).value()).isEqualTo(43);
    }

    @Test
    void readsWhatOldConsumersWroteThemselves() {
        await(NodeTree.ensure(store.session(), "/consumers/g/offsets/t"));
        server.write(NODE, "117");
        assertThat(await(offsets.committed("g", T3)).value()).isEqualTo(117);
    }

    @Test
    void tellsNoOffsetFromWhatIsNone() {
        assertThat(await(offsets.committed("g", T3)).code()).isEqualTo(AnswerCode.NO_NODE);
        await(NodeTree.ensure(store.session(), "/consumers/g/offsets/t"));
        server.write(NODE, "many");
        assertThat(await(offsets.committed("g", T3)).code()).isEqualTo(AnswerCode.REFUSED);
    }

    @Test
    void severalWritersOfANewGroupDoNotHinderEachOther() {
        CompletionStage<AnswerCode> one = offsets.commit("g", T3, 1);
        CompletionStage<AnswerCode> two = offsets.commit("g", T3, 2);
        assertThat(await(one)).isEqualTo(AnswerCode.OK);
        assertThat(await(two)).isEqualTo(AnswerCode.OK);
        assertThat(server.textOf(NODE)).isIn("1", "2");
    }

    @Test
    void takesForAGroupOnlyWhatTheStoreTakesForAName() {
        for (String good : new String[] {"g", "a.b", "...", "with space", "grün", "城"}) {
            assertThat(ConsumerOffsets.isGroup(good)).as(good).isTrue();
            PathUtils.validatePath("/consumers/" + good);
        }
        for (String bad :
                new String[] {"", ".", "..", "a/b", "/", "\u0000", "\u0007", "\u007f", "\ud83d\ude00", "\uffff"}) {
            assertThat(ConsumerOffsets.isGroup(bad)).as(bad).isFalse();
        }
    }
}
