package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Gzip members (RFC 1952), one after the other; bytes behind the last member that do not begin another one are ignored.
 */
final class GzipDecoder implements BlockDecoder {
    private static final int MAGIC = 0x8B1F;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;
    private static final int RESERVED = 0xE0;
    private static final int SHORTEST_HEADER = 10;
    private static final int TRAILER = 8;

    private final ByteBuf owner;
    private final ByteBuffer source;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private boolean inMember;
    private boolean ended;

    GzipDecoder(ByteBuf source) {
        this.owner = source;
        this.source = source.nioBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int nextRoom() {
        if (!inMember && !ended) {
            readHeader();
            inflater.reset();
            inflater.setInput(source);
            checksum.reset();
            inMember = true;
        }
        return ended ? END : 1;
    }

    @Override
    public void decode(ByteBuffer target) {
        int from = target.position();
        try {
            inflater.inflate(target);
        } catch (DataFormatException wrong) {
            throw UnreadableRecordsException.undecodable("gzip: " + wrong.getMessage(), wrong);
        }
        checksum.update(target.duplicate().flip().position(from));
        if (inflater.finished()) {
            readTrailer();
        } else if (target.position() == from) {
            throw UnreadableRecordsException.undecodable("gzip: the stream is cut off or wants a dictionary");
        }
    }

    @Override
    public void close() {
        inflater.end();
        owner.release();
    }

    private void readHeader() {
        if (source.remaining() < SHORTEST_HEADER || (source.getShort(source.position()) & 0xFFFF) != MAGIC) {
            throw UnreadableRecordsException.undecodable("gzip: no header");
        }
        int flags = source.get(source.position() + 3);
        if (source.get(source.position() + 2) != DEFLATE || (flags & RESERVED) != 0) {
            throw UnreadableRecordsException.undecodable("gzip: unknown method or flags");
        }
        skip(SHORTEST_HEADER);
        if ((flags & EXTRA) != 0) {
            need(2);
            skip(2 + (source.getShort(source.position()) & 0xFFFF));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
    }

    private void readTrailer() {
        need(TRAILER);
        boolean right =
                source.getInt() == (int) checksum.getValue() && source.getInt() == (int) inflater.getBytesWritten();
        if (!right) {
            throw UnreadableRecordsException.undecodable("gzip: wrong checksum or length");
        }
        inMember = false;
        ended = source.remaining() < SHORTEST_HEADER || (source.getShort(source.position()) & 0xFFFF) != MAGIC;
    }

    private void skipText() {
        do {
            need(1);
        } while (source.get() != 0);
    }

    private void skip(int length) {
        need(length);
        source.position(source.position() + length);
    }

    private void need(int length) {
        if (source.remaining() < length) {
            throw UnreadableRecordsException.undecodable("gzip: the stream is cut off");
        }
    }
}
