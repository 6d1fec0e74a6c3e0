package io.barnabas.bench.load;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.FetchPartition;
import io.barnabas.wire.message.FetchRequest.FetchTopic;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.FetchResponse.PartitionData;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A reader of one partition without a session: it reads the partition once from its start to its end, and then asks the
 * same questions in a circle. Their answers must have the sizes that they had at first.
 */
public final class FetchReplay implements Replay {
    private static final int MAX_WAIT_MS = 500;
    private static final int WAITING_BYTES = 1 << 20;
    private static final int NO_SESSION = -1;

    private final List<Question> questions = new ArrayList<>();
    private int asked;
    private int answered;

    private record Question(ByteBuffer frame, int bodyBytes, long recordBytes) {}

    private FetchReplay() {}

    /** @param partBytes how much an answer may bring */
    public static FetchReplay of(RawConnection connection, Topic topic, int partition, int partBytes)
            throws IOException {
        short version = connection.version(ApiKey.FETCH);
        FetchReplay replay = new FetchReplay();
        long offset = 0;
        while (true) {
            ByteBuffer frame = Frames.encode(request(topic, partition, partBytes, offset), version);
            connection.send(frame);
            connection.receiveHead();
            int bodyBytes = connection.bodyBytes();
            PartitionData answer = read(connection);
            ByteBuf records = recordsOf(answer);
            long next = offsetBehind(records, offset);
            if (next == offset) {
                throw new IOException("Fetch: no records at " + offset);
            }
            replay.questions.add(new Question(frame, bodyBytes, records.readableBytes()));
            offset = next;
            if (offset >= answer.highWatermark()) {
                return replay;
            }
        }
    }

    /** One that waits in the broker until something comes. */
    static ByteBuffer question(RawConnection connection, Topic topic, long offset) throws IOException {
        return Frames.encode(request(topic, 0, WAITING_BYTES, offset), connection.version(ApiKey.FETCH));
    }

    /** The offset behind the records of the answer that has begun; there must be some. */
    static long readEndOffset(RawConnection connection, long offset) throws IOException {
        long end = offsetBehind(recordsOf(read(connection)), offset);
        if (end == offset) {
            throw new IOException("Fetch: answered without the record");
        }
        return end;
    }

    /** The offset behind the records of the answer that has begun; {@code offset} when there are none. */
    static long readMore(RawConnection connection, long offset) throws IOException {
        return offsetBehind(recordsOf(read(connection)), offset);
    }

    private static FetchRequest request(Topic topic, int partition, int partBytes, long offset) {
        FetchPartition wanted =
                new FetchPartition().partition(partition).fetchOffset(offset).partitionMaxBytes(partBytes);
        return new FetchRequest()
                .maxWaitMs(MAX_WAIT_MS)
                .minBytes(1)
                .maxBytes(50 << 20)
                .sessionEpoch(NO_SESSION)
                .topics(List.of(
                        new FetchTopic().topic(topic.name()).topicId(topic.id()).partitions(List.of(wanted))));
    }

    private static PartitionData read(RawConnection connection) throws IOException {
        FetchResponse answer = (FetchResponse) connection.readBody(ApiKey.FETCH, connection.version(ApiKey.FETCH));
        if (answer.errorCode() != 0) {
            throw new IOException("Fetch: " + ErrorCode.of(answer.errorCode()));
        }
        PartitionData partition = answer.responses().get(0).partitions().get(0);
        if (partition.errorCode() != 0) {
            throw new IOException("Fetch: " + ErrorCode.of(partition.errorCode()));
        }
        return partition;
    }

    private static ByteBuf recordsOf(PartitionData answer) {
        return ((RecordsRef.Buffer) answer.records()).bytes();
    }

    private static long offsetBehind(ByteBuf records, long from) {
        long next = from;
        int at = records.readerIndex();
        int end = records.writerIndex();
        for (int size = BatchHeader.wholeBatchSize(records, at, end);
                size > 0;
                size = BatchHeader.wholeBatchSize(records, at, end)) {
            next = BatchHeader.lastOffset(records, at) + 1;
            at += size;
        }
        return next;
    }

    @Override
    public ByteBuffer next() {
        return questions.get(asked++ % questions.size()).frame();
    }

    @Override
    public long take(RawConnection connection) throws IOException {
        Question question = questions.get(answered++ % questions.size());
        if (connection.bodyBytes() != question.bodyBytes()) {
            throw new IOException("Fetch: " + connection.bodyBytes() + " bytes, " + question.bodyBytes() + " before");
        }
        connection.skipBody();
        return question.recordBytes();
    }
}
