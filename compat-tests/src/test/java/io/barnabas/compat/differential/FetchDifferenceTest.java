package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.DataRequests.deleteRecords;
import static io.barnabas.compat.differential.DataRequests.endOf;
import static io.barnabas.compat.differential.DataRequests.fetch;
import static io.barnabas.compat.differential.DataRequests.from;
import static io.barnabas.compat.differential.DataRequests.list;
import static io.barnabas.compat.differential.DataRequests.listOffsets;
import static io.barnabas.compat.differential.DataRequests.produce;
import static io.barnabas.compat.differential.RecordSets.TIME;
import static io.barnabas.compat.differential.RecordSets.at;
import static io.barnabas.compat.differential.RecordSets.batch;
import static io.barnabas.compat.differential.RecordSets.ofKafka;

import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.ForgottenTopic;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.ListOffsetsRequest;
import org.apache.kafka.common.compress.Compression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reading records, finding offsets, deleting records. */
@ExtendWith(BothBrokers.class)
class FetchDifferenceTest {
    private static final int SESSIONS_FROM = 7;
    private static final int EPOCHS_FROM = 9;
    private static final int IDS_FROM = 13;
    private static final Uuid NOBODY = new Uuid(5, 6);

    @Test
    @Acceptance({42, 64})
    void recordsAreFetchedAlike(SideBySide brokers) {
        brokers.everyVersion("fetch", ApiKey.FETCH, (play, version) -> {
            String topic = "fetch-" + version;
            Uuid id = filled(play, topic);
            play.ask("from the start", version, fetch(topic, id, from(0, 0)));
            play.ask("from within a batch", version, fetch(topic, id, from(0, 4)));
            play.ask("the last", version, fetch(topic, id, from(0, 8)));
            play.ask("at the end", version, fetch(topic, id, from(0, 9)));
            play.ask("beyond the end", version, fetch(topic, id, from(0, 10)));
            play.ask("before the start", version, fetch(topic, id, from(0, -1)));
            play.ask("all partitions", version, fetch(topic, id, from(1, 0), from(0, 7), from(2, 0)));
            play.ask("unknown partition", version, fetch(topic, id, from(3, 0)));
            play.ask("negative partition", version, fetch(topic, id, from(-1, 0)));
            play.ask("unknown topic", version, fetch("none-" + topic, NOBODY, from(0, 0)));
            play.ask("nothing", version, new FetchRequest().minBytes(0));
            play.ask("a byte", version, fetch(topic, id, from(0, 0).partitionMaxBytes(1)));
            play.ask(
                    "a byte in all",
                    version,
                    fetch(topic, id, from(0, 0), from(1, 0)).maxBytes(1));
            play.ask("no bytes", version, fetch(topic, id, from(0, 0).partitionMaxBytes(0)));
            play.ask("negative bytes", version, fetch(topic, id, from(0, 0).partitionMaxBytes(-1)));
            play.ask("a batch and a bit", version, fetch(topic, id, from(0, 1).partitionMaxBytes(160)));
            play.ask("committed", version, fetch(topic, id, from(0, 7)).isolationLevel((byte) 1));
            play.ask(
                    "isolation of the future",
                    version,
                    fetch(topic, id, from(0, 7)).isolationLevel((byte) 2));
            play.ask(
                    "patience, with records",
                    version,
                    fetch(topic, id, from(0, 7)).minBytes(1).maxWaitMs(5_000));
            play.ask(
                    "patience, without",
                    version,
                    fetch(topic, id, from(0, 9)).minBytes(1).maxWaitMs(50));
            if (version >= EPOCHS_FROM) {
                play.ask("the epoch", version, fetch(topic, id, from(0, 7).currentLeaderEpoch(0)));
                play.ask(
                        "epoch of the future",
                        version,
                        fetch(topic, id, from(0, 7).currentLeaderEpoch(4)));
                play.ask(
                        "epoch of the past",
                        version,
                        fetch(topic, id, from(0, 7).currentLeaderEpoch(-2)));
            }
            if (version >= 12) {
                play.ask("last epoch", version, fetch(topic, id, from(0, 7).lastFetchedEpoch(0)));
                play.ask(
                        "last epoch of the future",
                        version,
                        fetch(topic, id, from(0, 7).lastFetchedEpoch(3)));
            }
            if (version >= IDS_FROM) {
                play.ask("id zero", version, fetch("", Uuid.ZERO, from(0, 0)));
                FetchRequest both = fetch(topic, id, from(0, 7));
                both.topics().addAll(fetch("", NOBODY, from(0, 0)).topics());
                play.ask("known id and unknown id", version, both);
            } else {
                play.ask("no name", version, fetch("", Uuid.ZERO, from(0, 0)));
                play.ask("bad name", version, fetch("a/b", Uuid.ZERO, from(0, 0)));
            }
        });
    }

    @Test
    void sessionsAreKeptAlike(SideBySide brokers) {
        brokers.everyVersion("fetch sessions", ApiKey.FETCH, (play, version) -> {
            if (version < SESSIONS_FROM) {
                return;
            }
            String topic = "session-" + version;
            Uuid id = filled(play, topic);
            int session = play.ask(
                            "opened",
                            version,
                            fetch(topic, id, from(0, 8), from(1, 0)).sessionEpoch(0))
                    .as(FetchResponse.class)
                    .sessionId();
            play.ask("nothing new", version, within(session, 1));
            play.ask("produced", 9, produce(topic, 0, batch("new")));
            play.ask("something new", version, within(session, 2));
            play.ask("seen", version, moved(topic, id, session, 3));
            play.ask("epoch of the past", version, within(session, 3));
            play.ask("epoch of the future", version, within(session, 9));
            play.ask("unknown session", version, within(session + 1_000, 1));
            play.ask("forgotten", version, forgetting(topic, id, session, 4));
            play.ask("produced again", 9, produce(topic, 0, batch("newer")));
            play.ask("of no interest", version, within(session, 5));
            play.ask(
                    "one more partition",
                    version,
                    fetch(topic, id, from(2, 0)).sessionId(session).sessionEpoch(6));
            play.ask("negative epoch", version, within(session, -2));
            play.ask("closed", version, within(session, -1));
            play.ask("after it was closed", version, within(session, 7));
            play.ask("zero session, epoch one", version, within(0, 1));
        });
    }

    @Test
    @Acceptance({75, 91})
    void offsetsAreFoundAlike(SideBySide brokers) {
        brokers.everyVersion("list offsets", ApiKey.LIST_OFFSETS, (play, version) -> {
            String topic = "list-" + version;
            filled(play, topic);
            for (long time : new long[] {
                -1,
                -2,
                -3,
                -4,
                -5,
                -6,
                -7,
                0,
                1,
                TIME - 1,
                TIME,
                TIME + 1,
                TIME + 1_000,
                TIME + 2_500,
                TIME + 60_000,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            }) {
                play.ask("time " + (time < 9 ? time : time - TIME), version, listOffsets(topic, 0, time));
            }
            play.ask("start of an empty one", version, listOffsets(topic, 2, -2));
            play.ask("end of an empty one", version, listOffsets(topic, 2, -1));
            play.ask("time of an empty one", version, listOffsets(topic, 2, TIME));
            play.ask("largest time of an empty one", version, listOffsets(topic, 2, -3));
            play.ask("unknown partition", version, listOffsets(topic, 3, -1));
            play.ask("negative partition", version, listOffsets(topic, -1, -1));
            play.ask("unknown topic", version, listOffsets("none-" + topic, 0, -1));
            play.ask("bad name", version, listOffsets("a/b", 0, -1));
            play.ask("partition twice", version, listOffsets(topic, 0, -1, -2));
            play.ask("nothing", version, new ListOffsetsRequest());
            play.ask("by a follower", version, listOffsets(topic, 0, -1).replicaId(5));
            play.ask("by replica -2", version, listOffsets(topic, 0, -1).replicaId(-2));
            if (version == 0) {
                ListOffsetsRequest one = listOffsets(topic, 0, -1);
                one.topics().get(0).partitions().get(0).maxNumOffsets(1);
                play.ask("one offset", version, one);
            }
            if (version >= 2) {
                play.ask("committed", version, listOffsets(topic, 0, -1).isolationLevel((byte) 1));
            }
            if (version >= 4) {
                for (int epoch : new int[] {0, 3, -2}) {
                    ListOffsetsRequest request = listOffsets(topic, 0, -1);
                    request.topics().get(0).partitions().get(0).currentLeaderEpoch(epoch);
                    play.ask("epoch " + epoch, version, request);
                }
            }
        });
    }

    @Test
    @Acceptance(75)
    void placesAreFoundAlikeInLogsOfManySegmentsAndFormats(SideBySide brokers) {
        // Kafka 4 lets no segment be that small.
        VersionRange range = brokers.apacheVersions(ApiKey.LIST_OFFSETS);
        brokers.same(
                "list offsets in segments",
                play -> range.forEach(version -> {
                    String topic = "segments-" + version;
                    play.topic(topic, 1, "segment.bytes", "250");
                    for (int second : new int[] {5, 3, 8, 8, 1, 20, 19, 7}) {
                        play.ask("filling", 9, produce(topic, 0, at(TIME + second * 1_000)));
                    }
                    play.ask("without times", 1, produce(topic, 0, ofKafka((byte) 0, Compression.NONE, "a", "b")));
                    play.ask(
                            "of format 1",
                            2,
                            produce(
                                    topic,
                                    0,
                                    ofKafka((byte) 1, Compression.gzip().build(), "c", "d", "e")));
                    play.ask("filling", 9, produce(topic, 0, at(TIME + 30_000)));
                    for (long time : new long[] {-1, -2, -3, -4, TIME - 3_600_000, TIME + 3_600_000}) {
                        for (int most : new int[] {1, 3, 100}) {
                            ListOffsetsRequest request = listOffsets(topic, 0, time);
                            request.topics().get(0).partitions().get(0).maxNumOffsets(most);
                            play.ask(most + " of time " + (time < 0 ? time : time - TIME), version, request);
                        }
                    }
                    if (version > 0) {
                        for (int tenth = 0; tenth < 320; tenth += 5) {
                            play.ask("second " + tenth / 10.0, version, listOffsets(topic, 0, TIME + tenth * 100L));
                        }
                    }
                }));
    }

    @Test
    void recordsAreDeletedAlike(SideBySide brokers) {
        brokers.everyVersion("delete records", ApiKey.DELETE_RECORDS, (play, version) -> {
            String topic = "shortened-" + version;
            Uuid id = filled(play, topic);
            play.topic(topic + "-compacted", 1, "cleanup.policy", "compact");
            play.ask("beyond the end", version, deleteRecords(topic, 0, 10));
            play.ask("negative", version, deleteRecords(topic, 0, -2));
            play.ask("some", version, deleteRecords(topic, 0, 4));
            play.ask("fewer", version, deleteRecords(topic, 0, 2));
            play.ask("fetched before the start", 12, fetch(topic, id, from(0, 3)));
            play.ask("fetched from it", 12, fetch(topic, id, from(0, 4)));
            play.ask("listed", 7, listOffsets(topic, 0, -2));
            play.ask("all", version, deleteRecords(topic, 0, -1));
            play.ask("of an empty one", version, deleteRecords(topic, 2, -1));
            play.ask("unknown partition", version, deleteRecords(topic, 3, 0));
            play.ask("unknown topic", version, deleteRecords("none-" + topic, 0, 0));
            play.ask("of a compacted topic", version, deleteRecords(topic + "-compacted", 0, 0));
            play.ask("internal", version, deleteRecords("__consumer_offsets", 0, 0));
            play.ask("no patience", version, deleteRecords(topic, 1, 0).timeoutMs(0));
        });
    }

    @Test
    void endsOfEpochsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("epochs", ApiKey.OFFSET_FOR_LEADER_EPOCH, (play, version) -> {
            String topic = "epochs-" + version;
            filled(play, topic);
            for (int epoch : new int[] {0, 1, -1, -2, Integer.MAX_VALUE}) {
                play.ask("epoch " + epoch, version, endOf(topic, 0, -1, epoch));
                play.ask("epoch " + epoch + " of an empty one", version, endOf(topic, 2, -1, epoch));
            }
            play.ask("unknown partition", version, endOf(topic, 3, -1, 0));
            play.ask("unknown topic", version, endOf("none-" + topic, 0, -1, 0));
            if (version >= 2) {
                for (int epoch : new int[] {0, 2, -2}) {
                    play.ask("current epoch " + epoch, version, endOf(topic, 0, epoch, 0));
                }
            }
            if (version >= 3) {
                play.ask("by a follower", version, endOf(topic, 0, -1, 0).replicaId(3));
                play.ask("by a consumer", version, endOf(topic, 0, -1, 0).replicaId(-1));
            }
        });
    }

    /** Partition 0 has six batches with nine records, partition 1 has one, partition 2 none. */
    private static Uuid filled(Play play, String topic) {
        Uuid id = play.topic(topic, 3);
        play.ask("filling", 9, produce(topic, 0, batch("a")));
        play.ask("filling", 9, produce(topic, 0, batch("b", "c", "d")));
        play.ask(
                "filling",
                9,
                produce(topic, 0, ofKafka((byte) 2, Compression.gzip().build(), "e", "f")));
        play.ask("filling", 9, produce(topic, 0, batch("g")));
        play.ask("filling", 9, produce(topic, 0, batch("h")));
        play.ask("filling", 9, produce(topic, 0, batch("i")));
        play.ask("filling", 9, produce(topic, 1, batch("other")));
        return id;
    }

    private static FetchRequest within(int session, int epoch) {
        return new FetchRequest()
                .minBytes(0)
                .maxBytes(1_000_000)
                .sessionId(session)
                .sessionEpoch(epoch);
    }

    private static FetchRequest moved(String topic, Uuid id, int session, int epoch) {
        return fetch(topic, id, from(0, 10)).sessionId(session).sessionEpoch(epoch);
    }

    private static FetchRequest forgetting(String topic, Uuid id, int session, int epoch) {
        return within(session, epoch)
                .forgottenTopicsData(
                        list(new ForgottenTopic().topic(topic).topicId(id).partitions(new int[] {0})));
    }
}
