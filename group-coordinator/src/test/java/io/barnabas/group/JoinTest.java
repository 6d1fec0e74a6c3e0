package io.barnabas.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinTest {
    private TestBed bed = new TestBed();

    @AfterEach
    void noFaults() {
        assertThat(bed.faults.faults()).isEmpty();
    }

    @Test
    void announcesTheFirstGenerationAfterTheInitialDelay() {
        Client client = bed.client("g");
        client.joins();

        bed.time.advanceMs(TestBed.INITIAL_DELAY_MS - 1);
        assertThat(client.join).isNotDone();
        bed.time.advanceMs(1);

        JoinAnswer answer = client.joined();
        assertThat(answer.generation()).isEqualTo(1);
        assertThat(answer.protocolType()).isEqualTo("consumer");
        assertThat(answer.protocolName()).isEqualTo("range");
        assertThat(answer.leaderId()).isEqualTo(client.id).startsWith("client-").hasSize(7 + 36);
        assertThat(answer.members()).hasSize(1);
    }

    @Test
    void waitsLongerWhileNewMembersArrive() {
        Client first = bed.client("g");
        Client second = bed.client("g");
        first.joins();
        bed.time.advanceMs(2000);
        second.joins();
        bed.time.advanceMs(2000);
        assertThat(first.join).isNotDone();
        bed.time.advanceMs(2000);

        assertThat(first.joined().members())
                .extracting("memberId")
                .containsExactly(first.id, second.joined().memberId());
        assertThat(second.lastJoin.members()).isEmpty();
        assertThat(second.lastJoin.leaderId()).isEqualTo(first.id);
    }

    @Test
    void waitsAtMostTheRebalanceTimeoutForNewMembers() {
        Client first = bed.client("g");
        first.rebalanceMs = 7000;
        first.joins();
        for (int i = 0; i < 6; i++) {
            bed.time.advanceMs(1000);
            Client more = bed.client("g");
            more.rebalanceMs = 7000;
            more.joins();
        }
        bed.time.advanceMs(1000);
        assertThat(first.joined().members()).hasSize(7);
    }

    @Test
    void givesANewMemberItsIdFirstAndExpectsItBackWithinItsSession() {
        Client client = bed.client("g");
        client.requireKnownId = true;
        client.joins();
        assertThat(client.joinRefused()).isEqualTo(ErrorCode.MEMBER_ID_REQUIRED);
        client.id = TestBed.now(client.join).memberId();
        assertThat(bed.stateOf("g")).isEqualTo("Empty");

        client.joins();
        bed.time.advanceMs(TestBed.INITIAL_DELAY_MS);

        assertThat(client.joined().memberId()).isEqualTo(client.lastJoin.leaderId());
    }

    @Test
    void forgetsAPendingMemberAfterItsSession() {
        Client client = bed.client("g");
        client.requireKnownId = true;
        client.joins();
        client.id = TestBed.now(client.join).memberId();

        bed.time.advanceMs(TestBed.SESSION_MS);

        client.joins();
        assertThat(client.joinRefused()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
        assertThat(bed.stateOf("g")).isEqualTo("Dead");
        assertThat(bed.records()).isEmpty();
    }

    @Test
    void waitsForPendingMembersInARebalance() {
        List<Client> members = bed.stableGroup("g");
        Client late = bed.client("g");
        late.requireKnownId = true;
        late.joins();
        late.id = TestBed.now(late.join).memberId();
        members.get(0).joins();
        members.get(1).joins();
        assertThat(members.get(0).join).isNotDone();

        late.joins();

        assertThat(members.get(0).joined().members()).hasSize(3);
        assertThat(late.joined().generation()).isEqualTo(2);
    }

    @Test
    void refusesSessionsOutsideOfTheBounds() {
        Client client = bed.client("g");
        client.sessionMs = 5999;
        client.joins();
        assertThat(client.joinRefused()).isEqualTo(ErrorCode.INVALID_SESSION_TIMEOUT);
        client.sessionMs = 1_800_001;
        client.joins();
        assertThat(client.joinRefused()).isEqualTo(ErrorCode.INVALID_SESSION_TIMEOUT);
    }

    @Test
    void refusesGroupsAndMembersThatCannotBe() {
        Client nameless = bed.client("");
        nameless.joins();
        assertThat(nameless.joinRefused()).isEqualTo(ErrorCode.INVALID_GROUP_ID);
        Client unknown = bed.client("g");
        unknown.id = "who";
        unknown.joins();
        assertThat(unknown.joinRefused()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
        Client talkative = bed.client("g");
        talkative.protocols = List.of(new Protocol("p".repeat(40_000), new byte[0]));
        talkative.joins();
        assertThat(talkative.joinRefused()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void refusesProtocolsThatDoNotFit() {
        Client mute = bed.client("g");
        mute.protocols = List.of();
        mute.joins();
        assertThat(mute.joinRefused()).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
        Client typeless = bed.client("g");
        typeless.protocolType = "";
        typeless.joins();
        assertThat(typeless.joinRefused()).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
        bed.stableGroup("g");
        Client other = bed.client("g");
        other.protocols = List.of(new Protocol("sticky", new byte[0]));
        other.joins();
        assertThat(other.joinRefused()).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
        Client connect = bed.client("g");
        connect.protocolType = "connect";
        connect.joins();
        assertThat(connect.joinRefused()).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    }

    @Test
    void choosesTheProtocolThatMostPreferAmongThoseOfAll() {
        Client first = bed.client("g");
        Client second = bed.client("g");
        Client third = bed.client("g");
        first.protocols = List.of(protocol("range"), protocol("sticky"), protocol("own"));
        second.protocols = List.of(protocol("sticky"), protocol("range"));
        third.protocols = List.of(protocol("third"), protocol("sticky"), protocol("range"));
        first.joins();
        second.joins();
        third.joins();
        bed.time.advanceMs(2 * TestBed.INITIAL_DELAY_MS);
        assertThat(first.joined().protocolName()).isEqualTo("sticky");
        assertThat(third.joined().protocolName()).isEqualTo("sticky");
    }

    @Test
    void rebalancesWhenAMemberComesAndEverybodyJoinsAgain() {
        List<Client> members = bed.stableGroup("g");
        Client third = bed.client("g");
        third.joins();
        assertThat(bed.stateOf("g")).isEqualTo("PreparingRebalance");
        assertThat(members.get(0).heartbeats()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
        members.get(0).joins();
        assertThat(third.join).isNotDone();
        members.get(1).joins();

        assertThat(third.joined().generation()).isEqualTo(2);
        assertThat(members.get(0).joined().members()).hasSize(3);
        assertThat(members.get(1).joined().leaderId()).as("kept").isEqualTo(members.get(0).id);
    }

    @Test
    void removesMembersThatDoNotJoinAgainWithinTheRebalanceTimeout() {
        List<Client> members = bed.stableGroup("g");
        Client third = bed.client("g");
        third.joins();
        members.get(1).joins();
        for (int i = 0; i < TestBed.REBALANCE_MS / 5000; i++) {
            assertThat(third.join).isNotDone();
            assertThat(members.get(0).heartbeats()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
            bed.time.advanceMs(5000);
        }

        assertThat(members.get(1).joined().leaderId()).isEqualTo(members.get(1).id);
        assertThat(members.get(1).lastJoin.members()).hasSize(2);
        assertThat(members.get(0).heartbeats()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    }

    @Test
    void answersAFollowerThatJoinsAgainUnchangedWithTheCurrentGeneration() {
        Client follower = bed.stableGroup("g").get(1);
        follower.joins();
        assertThat(follower.joined().generation()).isEqualTo(1);
        assertThat(follower.lastJoin.members()).isEmpty();
        assertThat(bed.stateOf("g")).isEqualTo("Stable");
    }

    @Test
    void rebalancesWhenTheLeaderJoinsAgainOrAFollowerSaysSomethingElse() {
        List<Client> members = bed.stableGroup("g");
        members.get(0).joins();
        assertThat(bed.stateOf("g")).isEqualTo("PreparingRebalance");
        members.get(1).joins();
        members.get(0).joined();
        members.get(1).joined();
        members.get(0).syncs(Map.of());
        assertThat(bed.stateOf("g")).isEqualTo("Stable");
        members.get(1).protocols = List.of(new Protocol("range", Client.subscription("t1", "t2")));
        members.get(1).joins();
        assertThat(bed.stateOf("g")).isEqualTo("PreparingRebalance");
    }

    @Test
    void givesUpANewMemberThatWaitsForFiveMinutes() {
        List<Client> members = bed.stableGroup("g");
        members.forEach(member -> member.rebalanceMs = 1_000_000);
        members.get(0).joins();
        members.get(1).joins();
        members.get(0).joined();
        members.get(1).joined();
        members.get(0).syncs(Map.of());
        members.get(1).syncs(Map.of());
        Client third = bed.client("g");
        third.joins();

        for (int i = 0; i < 60; i++) {
            bed.time.advanceMs(5000);
            members.forEach(Client::heartbeats);
        }

        assertThat(third.joinRefused()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    }

    @Test
    void doesNotExpireOldMembersWhileTheyWait() {
        List<Client> members = bed.stableGroup("g");
        Client third = bed.client("g");
        third.joins();
        members.get(0).joins();
        for (int i = 0; i < 4; i++) {
            bed.time.advanceMs(9000);
            members.get(1).heartbeats();
        }
        assertThat(members.get(0).join).isNotDone();
        members.get(1).joins();
        assertThat(members.get(0).joined().members()).hasSize(3);
    }

    @Test
    void answersTheFormerJoinOfAMemberThatAsksTwice() {
        List<Client> members = bed.stableGroup("g");
        members.get(0).joins();
        var former = members.get(0).join;
        members.get(0).joins();
        assertThat(TestBed.now(former).error()).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        assertThat(members.get(0).join).isNotDone();
        members.get(1).joins();
        members.get(0).joined();
    }

    @Test
    void keepsTheDoorShutWhenTheGroupIsFull() {
        bed = new TestBed(TestBed.withMaxSize(2));
        List<Client> members = bed.stableGroup("g");
        Client third = bed.client("g");
        third.joins();
        assertThat(third.joinRefused()).isEqualTo(ErrorCode.GROUP_MAX_SIZE_REACHED);
        members.get(0).joins();
        members.get(1).joins();
        assertThat(members.get(0).joined().generation()).isEqualTo(2);
    }

    @Test
    void shrinksAGroupThatIsLoadedWithTooManyMembers() {
        List<Client> members = bed.stableGroup("g");
        TestBed smaller = new TestBed(TestBed.withMaxSize(1));
        bed.partitions.batches(TestBed.LOG).forEach(batch -> smaller.partitions.plant(TestBed.LOG, batch.copy()));
        smaller.partitions.commitAll();
        smaller.restart();

        assertThat(smaller.stateOf("g")).isEqualTo("PreparingRebalance");
        Client first = smaller.client("g");
        first.id = members.get(0).id;
        first.joins();
        Client second = smaller.client("g");
        second.id = members.get(1).id;
        second.joins();
        assertThat(second.joinRefused()).isEqualTo(ErrorCode.GROUP_MAX_SIZE_REACHED);
        assertThat(first.joined().members()).hasSize(1);
    }

    private static Protocol protocol(String name) {
        return new Protocol(name, Client.subscription("t1"));
    }
}
