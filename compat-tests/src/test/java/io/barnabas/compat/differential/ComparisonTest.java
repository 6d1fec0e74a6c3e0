package io.barnabas.compat.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.HeartbeatResponse;
import io.barnabas.wire.message.JoinGroupRequest;
import io.barnabas.wire.message.JoinGroupResponse;
import io.barnabas.wire.message.JoinGroupResponse.JoinGroupResponseMember;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataResponse;
import io.barnabas.wire.message.MetadataResponse.MetadataResponseBroker;
import io.barnabas.wire.message.MetadataResponse.MetadataResponseTopic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison itself, without brokers: it sees what is planted, and nothing else. */
class ComparisonTest {
    private static final String ONE = "differential-0b1c2d3e-0000-4000-8000-000000000001";
    private static final String OTHER = "differential-0b1c2d3e-0000-4000-8000-000000000002";

    @Test
    void seesAnErrorCode() {
        List<Difference> found = differences(
                new HeartbeatRequest(), new HeartbeatResponse(), new HeartbeatResponse().errorCode((short) 25));
        assertThat(found).extracting(Difference::path).containsExactly("errorCode");
        assertThat(found.get(0).apache()).isEqualTo("0 NONE");
        assertThat(found.get(0).ours()).isEqualTo("25 UNKNOWN_MEMBER_ID");
    }

    @Test
    void tellsNullFromNothing() {
        assertThat(differences(
                        new JoinGroupRequest(),
                        new JoinGroupResponse().protocolName(null),
                        new JoinGroupResponse().protocolName("")))
                .extracting(Difference::path)
                .containsExactly("protocolName");
    }

    @Test
    void seesWhatOnlyOneHas() {
        assertThat(differences(new MetadataRequest(), metadata("a", "b"), metadata("b")))
                .extracting(Difference::path, Difference::ours)
                .containsExactly(tuple("topics.a", "absent"));
    }

    @Test
    void doesNotMindTheOrderOfSets() {
        assertThat(differences(new MetadataRequest(), metadata("a", "b"), metadata("b", "a")))
                .isEmpty();
    }

    @Test
    void takesIdsForTheSameByTheirPlaceOnly() {
        assertThat(differences(new JoinGroupRequest(), joined(ONE, ONE), joined(OTHER, OTHER)))
                .isEmpty();
        assertThat(differences(new JoinGroupRequest(), joined(ONE, ONE), joined(ONE, OTHER)))
                .as("the leader is another member")
                .isNotEmpty();
    }

    @Test
    void doesNotMindPortsAndTopicIds() {
        assertThat(differences(
                        new MetadataRequest(),
                        withBroker(1, metadata("a"), new Uuid(1, 1)),
                        withBroker(2, metadata("a"), new Uuid(2, 2))))
                .isEmpty();
        assertThat(differences(
                        new MetadataRequest(),
                        withBroker(1, metadata("a"), new Uuid(1, 1)),
                        withBroker(77, metadata("a"), Uuid.ZERO)))
                .extracting(Difference::path)
                .containsExactly("brokers.0.port", "topics.a.topicId");
    }

    @Test
    void seesThatOneSaidLess() {
        try (Play apache = new Play("127.0.0.1:1");
                Play ours = new Play("127.0.0.1:2")) {
            said(apache, "beat", new HeartbeatRequest(), new HeartbeatResponse());
            assertThat(Comparison.of(apache, ours, any -> true))
                    .extracting(Difference::path, Difference::apache, Difference::ours)
                    .containsExactly(tuple("scenario", "beat", "over"));
        }
    }

    private static List<Difference> differences(ApiMessage request, ApiMessage theirs, ApiMessage mine) {
        try (Play apache = new Play("127.0.0.1:1");
                Play ours = new Play("127.0.0.1:2")) {
            said(apache, "asked", request, theirs);
            said(ours, "asked", request, mine);
            return Comparison.of(apache, ours, any -> true);
        }
    }

    private static void said(Play play, String what, ApiMessage request, ApiMessage answer) {
        Exchange exchange = new Exchange(what, request.apiKey().name(), (short) 0, request);
        exchange.answered(new Answer.Decoded(answer));
        play.exchanges().add(exchange);
    }

    private static MetadataResponse metadata(String... topics) {
        return new MetadataResponse()
                .topics(Arrays.stream(topics)
                        .map(name -> new MetadataResponseTopic().name(name))
                        .toList());
    }

    private static MetadataResponse withBroker(int port, MetadataResponse metadata, Uuid topicId) {
        metadata.topics().get(0).topicId(topicId);
        return metadata.brokers(
                List.of(new MetadataResponseBroker().nodeId(0).host("127.0.0.1").port(port)));
    }

    private static JoinGroupResponse joined(String memberId, String leader) {
        return new JoinGroupResponse()
                .memberId(memberId)
                .leader(leader)
                .members(List.of(new JoinGroupResponseMember().memberId(memberId)));
    }
}
