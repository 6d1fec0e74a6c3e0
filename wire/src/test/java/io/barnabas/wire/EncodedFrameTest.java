package io.barnabas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.wire.message.ApiVersionsRequest;
import io.barnabas.wire.message.ApiVersionsResponse;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.ProduceRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EncodedFrameTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private static FetchResponse fetched(RecordsRef... records) {
        FetchResponse response = new FetchResponse();
        for (RecordsRef each : records) {
            response.responses()
                    .add(new FetchResponse.FetchableTopicResponse()
                            .topic("t")
                            .partitions(List.of(new FetchResponse.PartitionData().records(each))));
        }
        return response;
    }

    private static RecordsRef.Buffer inMemory(int bytes) {
        return new RecordsRef.Buffer(Unpooled.buffer().writeZero(bytes));
    }

    @Test
    void sendsRecordsOfAFileFromTheFile() {
        AtomicInteger released = new AtomicInteger();
        RecordsRef.FileSlice first = new RecordsRef.FileSlice(null, 0, 5000, released::incrementAndGet);
        RecordsRef.FileSlice second = new RecordsRef.FileSlice(null, 9000, 70, released::incrementAndGet);

        EncodedFrame frame = EncodedFrame.response(7, ApiKey.FETCH, (short) 4, fetched(first, second), ALLOCATOR);

        assertThat(frame.parts()).hasSize(4);
        assertThat(frame.parts().get(1)).isSameAs(first);
        assertThat(frame.parts().get(3)).isSameAs(second);
        ByteBuf head = (ByteBuf) frame.parts().get(0);
        assertThat(head.getInt(0)).isEqualTo(frame.sizeInBytes() - 4);
        assertThat(head.getInt(4)).isEqualTo(7);
        int inBuffers = head.readableBytes() + ((ByteBuf) frame.parts().get(2)).readableBytes();
        assertThat(inBuffers + 5070).isEqualTo(frame.sizeInBytes());
        frame.release();
        assertThat(released).hasValue(2);
        assertThat(head.refCnt()).isZero();
    }

    @Test
    void passesOnManyRecordsInMemoryAndCopiesFew() {
        RecordsRef.Buffer many = inMemory(5000);
        RecordsRef.Buffer few = inMemory(50);

        EncodedFrame frame = EncodedFrame.response(7, ApiKey.FETCH, (short) 12, fetched(many, few), ALLOCATOR);

        assertThat(frame.parts()).hasSize(3).element(1).isSameAs(many.bytes());
        assertThat(few.bytes().refCnt()).isZero();
        assertThat(many.bytes().refCnt()).isEqualTo(1);
        frame.release();
        assertThat(many.bytes().refCnt()).isZero();
    }

    @Test
    void letsEverythingGoWhenTheBodyCannotBeWritten() {
        RecordsRef.Buffer records = inMemory(5000);
        FetchResponse response = fetched(records);
        response.responses().add(new FetchResponse.FetchableTopicResponse().topic(null));
        assertThatThrownBy(() -> EncodedFrame.response(7, ApiKey.FETCH, (short) 4, response, ALLOCATOR))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("topic is null");
        assertThat(records.bytes().refCnt()).isZero();
    }

    @Test
    void answersApiVersionsWithTheOldestHeader() {
        EncodedFrame frame =
                EncodedFrame.response(7, ApiKey.API_VERSIONS, (short) 3, new ApiVersionsResponse(), ALLOCATOR);
        ByteBuf bytes = (ByteBuf) frame.parts().get(0);
        ByteReader body = new ByteReader(bytes.skipBytes(8));
        assertThat(ApiKey.API_VERSIONS.readResponse(body, (short) 3)).isEqualTo(new ApiVersionsResponse());
        assertThat(body.remaining()).isZero();
        frame.release();
    }

    private static ByteReader sent(EncodedFrame frame) {
        ByteBuf bytes = (ByteBuf) frame.parts().get(0);
        assertThat(bytes.readInt()).isEqualTo(bytes.readableBytes());
        return new ByteReader(bytes);
    }

    @Test
    void headOfARequestIsReadAsItWasWritten() {
        for (short version = 0; version <= 4; version++) {
            HeartbeatRequest body = new HeartbeatRequest().groupId("g").memberId("m");
            ByteReader in = sent(EncodedFrame.request(5, "me", version, body, ALLOCATOR));
            RequestHead head = RequestHead.read(in);
            assertThat(head).isEqualTo(new RequestHead((short) 12, ApiKey.HEARTBEAT, version, 5, "me"));
            assertThat(head.isReadable()).isTrue();
            assertThat(ApiKey.HEARTBEAT.readRequest(in, version)).isEqualTo(body);
        }
    }

    @Test
    void headOfApiVersionsIsReadInAnyVersion() {
        ApiVersionsRequest body = new ApiVersionsRequest();
        ByteBuf frame = (ByteBuf) EncodedFrame.request(5, "me", (short) 3, body, ALLOCATOR)
                .parts()
                .get(0);
        frame.setShort(6, 99);
        RequestHead head = RequestHead.read(new ByteReader(frame.skipBytes(4)));
        assertThat(head).isEqualTo(new RequestHead((short) 18, ApiKey.API_VERSIONS, (short) 99, 5, "me"));
        assertThat(head.isReadable()).isFalse();
    }

    @Test
    void headOfAnUnknownRequestTellsWhatItCan() {
        ByteBuf frame = Unpooled.buffer().writeShort(999).writeShort(1).writeInt(5);
        assertThat(RequestHead.read(new ByteReader(frame)))
                .isEqualTo(new RequestHead((short) 999, null, (short) 1, 5, null));
        frame.writeShort(2).writeByte('m').writeByte('e');
        assertThat(RequestHead.read(new ByteReader(frame)).clientId()).isEqualTo("me");
        assertThatThrownBy(
                        () -> RequestHead.read(new ByteReader(Unpooled.buffer().writeInt(0))))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void unknownTagsKeepTheirPlaceAmongKnownOnes() {
        ByteBuf out = Unpooled.buffer();
        ByteWriter writer = new ByteWriter(out);
        List<TaggedField> unknown = List.of(new TaggedField(1, new byte[] {11}), new TaggedField(5, new byte[] {55}));
        int next = writer.writeTagsBelow(3, unknown, 0);
        writer.writeInt8((byte) 99);
        writer.writeTagsBelow(Integer.MAX_VALUE, unknown, next);
        byte[] written = new byte[out.readableBytes()];
        out.readBytes(written);
        assertThat(written).containsExactly(1, 1, 11, 99, 5, 1, 55);
    }

    @Test
    void aStringTooLongForItsVersionIsRefused() {
        ProduceRequest request = new ProduceRequest().transactionalId("x".repeat(40_000));
        assertThatThrownBy(() -> EncodedFrame.request(1, null, (short) 3, request, ALLOCATOR))
                .isInstanceOf(IllegalArgumentException.class);
        EncodedFrame.request(1, null, (short) 9, request, ALLOCATOR).release();
    }
}
