package io.barnabas.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Clients of all kinds do all they can think of, in any order. */
class RandomGroupsTest {
    private static final List<String> GROUPS = List.of("g1", "g2", "g3");
    private static final List<String> TOPICS = List.of("t1", "t2", "t3");

    @Test
    void replayEqualsLive() {
        Seeds.forEach(150, random -> {
            Crowd crowd = new Crowd(random);
            for (int i = 0; i < 150; i++) {
                crowd.act();
                crowd.checkInvariants();
                crowd.checkReplay();
                crowd.checkThatNobodyIsForgotten();
            }
        });
    }

    @Test
    void staysConsistentWhenTheLogRefusesAndDelays() {
        Seeds.forEach(150, random -> {
            Crowd crowd = new Crowd(random);
            for (int i = 0; i < 150; i++) {
                crowd.disturb();
                crowd.act();
                crowd.awaitReload();
                crowd.checkInvariants();
            }
            crowd.calmDown();
            crowd.checkInvariants();
            crowd.checkThatNobodyIsForgotten();
        });
    }

    @Test
    void restartsOfTheCoordinatorLoseNothing() {
        Seeds.forEach(100, random -> {
            Crowd crowd = new Crowd(random);
            for (int i = 0; i < 150; i++) {
                crowd.act();
                if (random.nextInt(15) == 0) {
                    Map<String, String> before = crowd.offsets(crowd.bed.machine());
                    crowd.bed.restart();
                    assertThat(crowd.offsets(crowd.bed.machine())).isEqualTo(before);
                }
                crowd.checkInvariants();
                crowd.checkThatNobodyIsForgotten();
            }
        });
    }

    /** The clients of one run. */
    private static final class Crowd {
        private final RandomGenerator random;
        private final TestBed bed;
        private final List<Client> clients = new ArrayList<>();
        private final List<CompletableFuture<?>> asked = new ArrayList<>();

        private Crowd(RandomGenerator random) {
            this.random = random;
            this.bed = new TestBed(TestBed.withMaxSize(4), random);
        }

        private void act() {
            Client client = anyClient();
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> {
                    vary(client);
                    asked.add(client.joins());
                    listen(client);
                }
                case 3, 4 -> {
                    Map<String, byte[]> assignments = new HashMap<>();
                    clients.forEach(each -> assignments.put(each.id, TestBed.bytes("a" + random.nextInt(9))));
                    asked.add(client.syncs(assignments));
                }
                case 5 -> client.heartbeats();
                case 6 -> {
                    asked.add(client.saysGoodbye());
                    if (random.nextBoolean()) {
                        client.id = "";
                    }
                }
                case 7 -> asked.add(commit(client));
                case 8 -> bed.time.advanceMs(random.nextInt(4000));
                case 9 -> bed.time.advanceMs(random.nextInt(70_000));
                case 10 -> remove();
                default -> {
                    if (random.nextInt(20) == 0) {
                        bed.time.advanceMs(TestBed.RETENTION_MS / 3);
                    }
                }
            }
        }

        private Client anyClient() {
            if (clients.size() < 9 && random.nextInt(3) == 0) {
                Client fresh = bed.client(pick(GROUPS));
                if (random.nextInt(3) == 0) {
                    fresh.named("i" + random.nextInt(2));
                }
                fresh.requireKnownId = random.nextBoolean();
                fresh.canSkip = random.nextBoolean();
                clients.add(fresh);
            }
            return clients.isEmpty() ? bed.client("g1") : pick(clients);
        }

        private void vary(Client client) {
            if (random.nextInt(4) == 0) {
                byte[] subscription = Client.subscription(pick(TOPICS), pick(TOPICS));
                List<Protocol> protocols = new ArrayList<>();
                protocols.add(new Protocol("range", subscription));
                if (random.nextBoolean()) {
                    protocols.add(random.nextInt(2), new Protocol("sticky", subscription));
                }
                client.protocols = protocols;
            }
            client.sessionMs = 6000 + random.nextInt(20_000);
            client.rebalanceMs = 10_000 + random.nextInt(60_000);
        }

        /** The client takes to heart what it is told, whenever that is. */
        private static void listen(Client client) {
            client.join.thenAccept(answer -> {
                if (answer.error() == ErrorCode.NONE || answer.error() == ErrorCode.MEMBER_ID_REQUIRED) {
                    client.id = answer.memberId();
                    client.generation = answer.generation();
                } else if (answer.error() == ErrorCode.UNKNOWN_MEMBER_ID) {
                    client.id = "";
                }
            });
        }

        private CompletableFuture<?> commit(Client client) {
            Map<TopicPartition, CommittedOffset> offsets = new HashMap<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                CommittedOffset offset = bed.offset(random.nextInt(1000));
                offsets.put(
                        anyPartition(),
                        random.nextInt(5) == 0
                                ? new CommittedOffset(
                                        offset.offset(),
                                        -1,
                                        "short",
                                        offset.commitTimestampMs(),
                                        offset.commitTimestampMs() + 1000)
                                : offset);
            }
            boolean outside = random.nextInt(3) == 0;
            return bed.groups
                    .commit(new CommitRequest(
                            client.group(),
                            outside ? "" : client.id,
                            outside ? null : client.instanceId,
                            outside ? -1 : client.generation,
                            offsets))
                    .toCompletableFuture();
        }

        private void remove() {
            switch (random.nextInt(3)) {
                case 0 -> asked.add(bed.groups.deleteGroup(pick(GROUPS)).toCompletableFuture());
                case 1 ->
                    asked.add(bed.groups
                            .deleteOffsets(pick(GROUPS), List.of(anyPartition(), anyPartition()))
                            .toCompletableFuture());
                default -> bed.groups.topicsDeleted(Set.of(pick(TOPICS)));
            }
        }

        private void disturb() {
            bed.partitions.commitAtOnce(random.nextInt(3) > 0);
            bed.partitions.refuseAppends(
                    switch (random.nextInt(8)) {
                        case 0 -> ErrorCode.NOT_ENOUGH_REPLICAS;
                        case 1 -> ErrorCode.MESSAGE_TOO_LARGE;
                        case 2 -> ErrorCode.NOT_LEADER_OR_FOLLOWER;
                        default -> ErrorCode.NONE;
                    });
            if (random.nextInt(3) == 0) {
                bed.partitions.commitAll();
            }
        }

        /** A coordinator that lost its leadership has dropped its state and is about to read it again. */
        private void awaitReload() {
            ErrorCode whileLoading = ErrorCode.NONE;
            while (TestBed.now(bed.groups.heartbeat("nobody", "", null, 0)) == whileLoading) {
                bed.time.advanceMs(100);
            }
        }

        private void calmDown() {
            bed.partitions.commitAtOnce(true);
            bed.partitions.refuseAppends(ErrorCode.NONE);
            bed.partitions.commitAll();
            bed.time.advanceMs(200);
        }

        private void checkInvariants() {
            assertThat(bed.faults.faults()).isEmpty();
            bed.machine().groups().all().forEach(GroupInvariants::check);
        }

        /** Whoever has no answer yet is waited for by exactly one member. */
        private void checkThatNobodyIsForgotten() {
            long waiting = 0;
            for (Group group : bed.machine().groups().all()) {
                for (Member member : group.members()) {
                    waiting += (member.waitingJoin == null ? 0 : 1) + (member.waitingSync == null ? 0 : 1);
                }
            }
            assertThat(asked.stream().filter(each -> !each.isDone()).count()).isEqualTo(waiting);
        }

        private void checkReplay() {
            GroupMachine live = bed.machine();
            GroupMachine replayed = bed.replayed();
            assertThat(offsets(replayed)).isEqualTo(offsets(live));
            for (Group group : live.groups().all()) {
                Group other = replayed.groups().find(group.id);
                boolean stored = group.generation() > 0 || group.offsets.size() > 0;
                if (stored && (group.is(GroupState.STABLE) || group.is(GroupState.EMPTY))) {
                    assertThat(membership(other)).isEqualTo(membership(group));
                }
            }
            Set<String> gone =
                    replayed.groups().all().stream().map(group -> group.id).collect(Collectors.toSet());
            live.groups().all().forEach(group -> gone.remove(group.id));
            assertThat(gone).as("replayed, but gone").isEmpty();
        }

        private static String membership(Group group) {
            Set<String> members = group.members().stream()
                    .map(member -> String.join(
                            "|",
                            member.id,
                            String.valueOf(member.instanceId),
                            member.clientId,
                            member.clientHost,
                            String.valueOf(member.rebalanceTimeoutMs),
                            String.valueOf(member.sessionTimeoutMs),
                            new String(member.metadata(group.protocolName())),
                            new String(member.assignment)))
                    .collect(Collectors.toSet());
            return group.state() + " " + group.generation() + " " + group.protocolType() + " " + group.protocolName()
                    + " " + group.leaderId() + " " + group.subscribedTopics() + " " + members
                    + (group.generation() > 0 ? " " + group.stateSinceMs() : "");
        }

        private Map<String, String> offsets(GroupMachine machine) {
            Map<String, String> offsets = new HashMap<>();
            for (Group group : machine.groups().all()) {
                group.offsets
                        .partitions()
                        .forEach(partition -> offsets.put(
                                group.id + "/" + partition,
                                group.offsets.get(partition).toString()));
            }
            return offsets;
        }

        private TopicPartition anyPartition() {
            return new TopicPartition(pick(TOPICS), random.nextInt(2));
        }

        private <T> T pick(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
