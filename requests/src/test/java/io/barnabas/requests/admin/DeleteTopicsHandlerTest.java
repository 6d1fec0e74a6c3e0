package io.barnabas.requests.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.DeleteTopicsRequest;
import io.barnabas.wire.message.DeleteTopicsRequest.DeleteTopicState;
import io.barnabas.wire.message.DeleteTopicsResponse;
import io.barnabas.wire.message.DeleteTopicsResponse.DeletableTopicResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeleteTopicsHandlerTest {
    private final AdminBed bed = new AdminBed();

    private DeletableTopicResult delete(AdminBed on, int version, String name) {
        DeleteTopicsResponse answer =
                on.call(version, new DeleteTopicsRequest().timeoutMs(30_000).topicNames(List.of(name)));
        return answer.responses().get(0);
    }

    private DeletableTopicResult deleteById(Uuid id) {
        DeleteTopicsResponse answer = bed.call(
                6, new DeleteTopicsRequest().timeoutMs(30_000).topics(List.of(new DeleteTopicState().topicId(id))));
        return answer.responses().get(0);
    }

    @Test
    @Acceptance(31)
    void deletesByNameInEveryVersion() {
        for (int version = 0; version <= 5; version++) {
            bed.createTopic("t", 1);
            assertThat(delete(bed, version, "t").errorCode()).isZero();
            assertThat(bed.cluster.server().contains("/brokers/topics/t")).isFalse();
        }
    }

    @Test
    void deletesById() {
        bed.createTopic("t", 1);
        Uuid id = bed.cluster.topic("t").topicId();
        DeletableTopicResult result = deleteById(id);
        assertThat(result.errorCode()).isZero();
        assertThat(result.name()).isEqualTo("t");
        assertThat(result.topicId()).isEqualTo(id);
        assertThat(deleteById(id).errorCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID.code());
    }

    @Test
    void answersEachTimeThatATopicIsNamed() {
        bed.createTopic("t", 1);
        Uuid id = bed.cluster.topic("t").topicId();
        DeleteTopicsResponse answer = bed.call(
                6,
                new DeleteTopicsRequest()
                        .timeoutMs(30_000)
                        .topics(List.of(new DeleteTopicState().topicId(id), new DeleteTopicState().name("t"))));
        assertThat(answer.responses())
                .extracting(DeletableTopicResult::name, DeletableTopicResult::topicId)
                .containsExactly(tuple("t", id), tuple("t", Uuid.ZERO));
        assertThat(answer.responses())
                .extracting(DeletableTopicResult::errorCode)
                .containsOnly((short) 0);
    }

    @Test
    void refusesWhatIsUnknownForbiddenOrElsewhere() {
        assertThat(delete(bed, 4, "x").errorCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        bed.createTopic("t", 1);
        bed.forbidden.add("t");
        assertThat(delete(bed, 4, "t").errorCode()).isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
        DeletableTopicResult hidden = deleteById(bed.cluster.topic("t").topicId());
        assertThat(hidden.errorCode()).isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
        assertThat(hidden.name()).isNull();
        bed.isController = false;
        assertThat(delete(bed, 4, "t").errorCode()).isEqualTo(ErrorCode.NOT_CONTROLLER.code());
    }

    @Test
    void deletesNothingWhereThatIsSwitchedOff() {
        AdminBed keeper = new AdminBed(Map.of("delete.topic.enable", "false"));
        keeper.createTopic("t", 1);
        assertThat(delete(keeper, 2, "t").errorCode()).isEqualTo(ErrorCode.INVALID_REQUEST.code());
        assertThat(delete(keeper, 3, "t").errorCode()).isEqualTo(ErrorCode.TOPIC_DELETION_DISABLED.code());
    }
}
