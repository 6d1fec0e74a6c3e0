package io.barnabas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.JoinGroupRequest;
import io.barnabas.wire.message.ProduceRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteReaderTest {
    private static ByteReader of(int... bytes) {
        ByteBuf buffer = Unpooled.buffer();
        for (int b : bytes) {
            buffer.writeByte(b);
        }
        return new ByteReader(buffer);
    }

    @Test
    void saysWhichMessageAndWhichByteIsWrong() {
        ByteReader in = of(0, 3, 'a', 'b', 'c', 0, 0);
        assertThatThrownBy(() -> ApiKey.HEARTBEAT.readRequest(in, (short) 0))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("Heartbeat request v0: int32 of 4 bytes at byte 5 of 7");
    }

    @Test
    void refusesALengthThatTheFrameCannotHold() {
        assertThatThrownBy(() -> of(0x7F, 0xFF, 0xFF, 0xFF, 1, 2).readCount(false, false, 1))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("array of length 2147483647");
        assertThatThrownBy(() -> of(0, 0, 0, 3, 1, 2, 3, 4, 5).readCount(false, false, 2))
                .isInstanceOf(MalformedMessageException.class);
        assertThat(of(0, 0, 0, 2, 1, 2, 3, 4).readCount(false, false, 2)).isEqualTo(2);
    }

    @Test
    void refusesNullWhereNoneMayBe() {
        assertThatThrownBy(() -> of(0xFF, 0xFF).readString(false, false)).hasMessageContaining("string is null");
        assertThatThrownBy(() -> of(0).readBytes(true, false)).hasMessageContaining("bytes is null");
        assertThat(of(0).readBytes(true, true)).isNull();
        assertThatThrownBy(() -> of(0xFF, 0xFE).readString(false, true)).hasMessageContaining("negative");
    }

    @Test
    void refusesVarintsWithoutEnd() {
        assertThatThrownBy(() -> of(-1, -1, -1, -1, -1, -1).readUnsignedVarint())
                .hasMessageContaining("more than 5");
        assertThatThrownBy(() -> of(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1).readVarlong())
                .hasMessageContaining("more than 10");
        assertThatThrownBy(() -> of(-1).readUnsignedVarint()).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void keepsATaggedFieldWithinItsSize() {
        ByteReader tooLarge = of(1, 5, 3, 0);
        assertThatThrownBy(tooLarge::readTaggedFields).hasMessageContaining("tag 5 of 3 bytes");
        ByteReader in = of(2, 1, 2, 3);
        int outer = in.enterTag(0);
        assertThat(in.readInt8()).isEqualTo((byte) 1);
        assertThatThrownBy(() -> in.leaveTag(0, outer)).hasMessageContaining("1 bytes too many");
        assertThatThrownBy(in::readInt16).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void makesTheSameStringsAsTheJdk() {
        String[] texts = {
            "", "a", "é", "Ж", "語", "\uD83D\uDE00", "abc", "aé", "x".repeat(1024), "ß".repeat(512), "ß".repeat(900)
        };
        for (String text : texts) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8.decode(Unpooled.wrappedBuffer(utf8), 0, utf8.length))
                    .isEqualTo(text);
        }
        byte[][] broken = {{-1}, {-1, -1}, {'a', -61}, {-30, -126, 'b'}, {-64, -128}, {-19, -96, -128}, {-16, -97, -104}
        };
        for (byte[] bytes : broken) {
            assertThat(Utf8.decode(Unpooled.wrappedBuffer(bytes), 0, bytes.length))
                    .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Test
    void readsBetweenTheIndexesOfTheBufferAndLeavesThemAlone() {
        ByteBuf buffer = Unpooled.wrappedBuffer(new byte[] {9, 9, 0, 0, 0, 7, 9});
        buffer.readerIndex(2).writerIndex(6);
        ByteReader in = new ByteReader(buffer);
        assertThat(in.remaining()).isEqualTo(4);
        assertThat(in.readInt32()).isEqualTo(7);
        assertThat(in.position()).isEqualTo(4);
        assertThatThrownBy(in::readInt8).isInstanceOf(MalformedMessageException.class);
        assertThat(buffer.readerIndex()).isEqualTo(2);
    }

    @Test
    void givesRecordsAsASliceOfTheFrameWithoutRetainingIt() {
        ByteBuf frame = Unpooled.directBuffer();
        frame.writeShort(1).writeInt(100).writeInt(1);
        frame.writeShort(1).writeByte('t').writeInt(1);
        frame.writeInt(0).writeInt(3).writeBytes(new byte[] {1, 2, 3});
        ProduceRequest request = ProduceRequest.read(new ByteReader(frame), (short) 0);
        RecordsRef records = request.topicData().get(0).partitionData().get(0).records();
        assertThat(records.sizeInBytes()).isEqualTo(3);
        frame.setByte(frame.writerIndex() - 1, 42);
        assertThat(((RecordsRef.Buffer) records).bytes().getByte(2)).isEqualTo((byte) 42);
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
    }

    @Test
    void givesListsThatCanBeChangedEvenWhenTheyCameEmpty() {
        JoinGroupRequest request = new JoinGroupRequest();
        request.protocols().add(new JoinGroupRequest.JoinGroupRequestProtocol().name("range"));
        assertThat(request.protocols()).hasSize(1);
        assertThat(new JoinGroupRequest().protocols()).isEmpty();
        assertThat(new HeartbeatRequest().unknownTaggedFields()).isEmpty();
    }
}
