package io.barnabas.requests.data;

import static io.barnabas.requests.data.Fetching.first;
import static io.barnabas.requests.data.Fetching.from;
import static io.barnabas.requests.data.Fetching.now;
import static io.barnabas.requests.data.Fetching.request;
import static io.barnabas.requests.data.Fetching.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.log.LogConfig;
import io.barnabas.log.PartitionLog;
import io.barnabas.replication.PartitionConfig;
import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.FetchPartition;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.FetchResponse.PartitionData;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.EndTxnMarker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetch 0 to 3: readers of the formats before batches. */
class OldFormatsTest {
    private static final String TOPIC = "letters";

    @TempDir
    Path directory;

    private DataFixture broker;

    @BeforeEach
    void start() throws IOException {
        broker = new DataFixture(directory);
        broker.lead(TOPIC, 2);
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    @Acceptance(102)
    void bringsTheFormatThatTheVersionKnows(int version) throws IOException {
        produce(Batches.of("a", "b"));
        produce(LegacyMessage.set(1, "c"));
        produce(Batches.compressed(Compression.SNAPPY, "d", "e"));
        PartitionData answer = first(fetch(version, from(0, 1)));
        byte[] records = Bytes.of(answer.records());
        answer.records().release();
        assertThat(records[16]).isEqualTo((byte) (version < 2 ? 0 : version < 4 ? 1 : 2));
        assertThat(text(fetch(version, from(0, 1)))).containsExactly("0: " + (version < 4 ? "b,c,d,e" : "a,b,c,d,e"));
    }

    @Test
    void convertsOnTheDiskPoolNeverOnTheEventLoop() {
        produce(Batches.of("a"));
        CompletableFuture<FetchResponse> response = send(2, request(), from(0, 0));
        broker.loop.run();
        assertThat(response).isNotDone();
        broker.diskIo.run();
        assertThat(response).as("until its own event loop runs").isNotDone();
        broker.loop.run();
        assertThat(text(now(response))).containsExactly("0: a");
    }

    @Test
    void answersInTheShapeOfTheVersion() throws IOException {
        produce(Batches.of("a"));
        String head = "00000001" + "0007" + "6c657474657273" + "00000001" + "00000000" + "0000" + "0000000000000001";
        // 69 stored bytes are announced: a message of 27, and the beginning of one that is longer than the rest.
        String message0 = "0000000000000000" + "0000000f" + "51df3a32" + "0000" + "ffffffff" + "00000001" + "61";
        FetchResponse zero = fetch(0, from(0, 0));
        int stored = first(zero).records().sizeInBytes();
        String filler = "ffffffffffffffff" + "0000003d" + "00".repeat(stored - 27 - 12);
        assertThat(Bytes.of(zero, 0)).isEqualTo(head + String.format("%08x", stored) + message0 + filler);
        assertThat(Bytes.of(fetch(1, from(0, 0)), 1))
                .isEqualTo("00000000" + head + String.format("%08x", stored) + message0 + filler);
        assertThat(Bytes.of(fetch(3, from(0, 0)), 3)).startsWith("00000000" + head);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void cutsOffAMessageThatIsTooLargeBeforeVersion3(int version) throws IOException {
        produce(Batches.ofBytes(1000));
        produce(Batches.of("small"));
        PartitionData answer = first(fetch(version, from(0, 0).partitionMaxBytes(999)));
        assertThat(answer.errorCode()).isZero();
        assertThat(answer.records().sizeInBytes()).isPositive();
        assertThat(Fetching.values(answer)).isEmpty();
        assertThat(text(fetch(version, from(0, 1).partitionMaxBytes(999)))).containsExactly("0: small");
    }

    @Test
    void bringsOneMessageAnywayFromVersion3On() {
        produce(Batches.ofBytes(1000));
        assertThat(Fetching.values(first(fetch(3, from(0, 0).partitionMaxBytes(10)))))
                .hasSize(1);
    }

    @Test
    void limitsTheWholeAnswerInVersion3() {
        produce(Batches.ofBytes(1000));
        new Producing(broker, TOPIC, 1).item(Batches.ofBytes(1000));
        FetchRequest limited = request().maxBytes(1500);
        FetchResponse response = run(send(3, limited, from(0, 0), from(1, 0)));
        assertThat(text(response)).element(1).isEqualTo("1: ");
    }

    @Test
    void refusesZstdForThePartitionThatHasIt() {
        produce(Batches.compressed(Compression.ZSTD, "a"));
        new Producing(broker, TOPIC, 1).item(Batches.of("b"));
        FetchResponse response = run(send(3, request(), from(0, 0), from(1, 0)));
        assertThat(text(response)).containsExactly("0: UNSUPPORTED_COMPRESSION_TYPE", "1: b");
    }

    @Test
    void refusesToConvertWhereTheTopicForbidsIt() {
        broker.configs.put("strict", new PartitionConfig(LogConfig.defaults(), DataFixture.rules(null), 1, false));
        broker.lead("strict", 1);
        new Producing(broker, "strict", 0).item(Batches.of("a"));
        for (int version = 0; version <= 4; version++) {
            Fetching reader = new Fetching(broker, broker.fetchHandler(), version);
            FetchResponse response = reader.answer(request().topics(List.of(reader.topic("strict", from(0, 0)))));
            assertThat(text(response)).containsExactly(version < 4 ? "0: UNSUPPORTED_VERSION" : "0: a");
        }
    }

    @Test
    void passesOverTransactionMarkersThatFillAWholeRead() {
        produce(Batches.of("a"));
        mark();
        mark();
        produce(Batches.of("b"));
        FetchResponse response = fetch(3, from(0, 1).partitionMaxBytes(100));
        assertThat(text(response)).containsExactly("0: b");
    }

    @Test
    void waitsForRecordsBehindTheLastMarkerAndDoesNotComplainMeanwhile() {
        produce(Batches.of("a"));
        mark();
        CompletableFuture<FetchResponse> response = send(2, request(), from(0, 1));
        broker.diskIo.run();
        broker.loop.run();
        assertThat(response).isNotDone();
        broker.time.advanceMs(500);
        assertThat(text(run(response))).containsExactly("0: ");

        response = send(2, request(), from(0, 1));
        broker.diskIo.run();
        broker.loop.run();
        assertThat(response).isNotDone();
        produce(Batches.of("b"));
        assertThat(text(run(response))).containsExactly("0: b");
    }

    private void produce(RecordsRef records) {
        assertThat(new Producing(broker, TOPIC, 0)
                        .version(
                                records instanceof RecordsRef.Buffer set
                                                && set.bytes().getByte(16) < 2
                                        ? 2
                                        : 11)
                        .item(records)
                        .errorCode())
                .isZero();
    }

    private void mark() {
        ByteBuf marker = new EndTxnMarker(true, 0).build(7, (short) 0, 1, UnpooledByteBufAllocator.DEFAULT);
        PartitionLog log = broker.replicas.topic(TOPIC).partition(0).log();
        assertThat(log.appendAsLeader(marker, 0, AppendOrigin.COORDINATOR, 1))
                .isInstanceOf(AppendOutcome.Appended.class);
        log.updateHighWatermark(log.logEndOffset());
        marker.release();
    }

    private FetchResponse fetch(int version, FetchPartition... partitions) {
        return run(send(version, request(), partitions));
    }

    private CompletableFuture<FetchResponse> send(int version, FetchRequest request, FetchPartition... partitions) {
        Fetching reader = new Fetching(broker, broker.fetchHandler(), version);
        return reader.send(request.topics(List.of(reader.topic(TOPIC, partitions))));
    }

    private FetchResponse run(CompletableFuture<FetchResponse> response) {
        for (int turns = 0; turns < 4; turns++) {
            broker.loop.run();
            broker.diskIo.run();
        }
        return now(response);
    }
}
