package io.barnabas.wire.record;

import io.barnabas.wire.RecordsRef;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;

/**
 * Stored batches on their way to a reader of an older format, converted a chunk at a time while they are sent. Their
 * size is announced before it is known: it is that of the stored bytes, or of the first converted batch where that is
 * larger. What is too long is cut off; what is missing at the end is made up by the beginning of a message that is longer
 * than the rest, which every reader takes for one that was cut off. Such a beginning is all that comes where nothing
 * became of the stored bytes. In memory are the first batch until it is sent, and one chunk.
 *
 * <p>One thread at a time, which may wait for the disk; it owns the stored records.
 */
public final class ConvertedRecords implements RecordsRef.Pieces {
    /** Offset and length: with less than that, nothing looks like a message that was cut off. */
    private static final int SMALLEST_FILLER = BatchHeader.LOG_OVERHEAD;

    private static final int FILLER_PIECE_BYTES = 128 * 1024;

    private final RecordsRef stored;
    private final StoredBatches batches;
    private final DownConverter converter;
    private final ByteBufAllocator allocator;

    /** Batches from the reader index on are still to be converted; null when the next chunk is not read yet. */
    private ByteBuf chunk;

    /** The first batch that anything became of, until it is taken. */
    private ByteBuf first;

    private int sizeInBytes;
    private int left;
    private boolean converting = true;

    private ConvertedRecords(RecordsRef stored, byte toMagic, long firstOffset, ByteBufAllocator allocator) {
        this.stored = stored;
        this.batches = new StoredBatches(stored, allocator);
        this.converter = new DownConverter(toMagic, firstOffset, allocator);
        this.allocator = allocator;
    }

    /**
     * Takes the records over. Throws {@link UnreadableRecordsException}, having released them, when the first batch
     * that the reader would see cannot be converted: its codec is none of that format, or it is damaged.
     *
     * @param firstOffset what the reader asked for
     */
    public static RecordsRef of(RecordsRef stored, byte toMagic, long firstOffset, ByteBufAllocator allocator)
            throws IOException {
        if (stored.sizeInBytes() == 0) {
            return stored;
        }
        ConvertedRecords converted = new ConvertedRecords(stored, toMagic, firstOffset, allocator);
        try {
            converted.begin();
            return converted;
        } catch (IOException | RuntimeException impossible) {
            converted.release();
            throw impossible;
        }
    }

    @Override
    public int sizeInBytes() {
        return sizeInBytes;
    }

    @Override
    public ByteBuf next() {
        ByteBuf piece = first != null ? first : nextConverted();
        first = null;
        if (piece == null) {
            piece = filler();
        }
        int length = Math.min(piece.readableBytes(), left);
        left -= length;
        return piece.writerIndex(piece.readerIndex() + length);
    }

    @Override
    public void release() {
        release(chunk);
        release(first);
        chunk = null;
        first = null;
        stored.release();
    }

    private void begin() throws IOException {
        ByteBuf converted = allocator.directBuffer();
        try {
            while (!converted.isReadable() && hasBatch()) {
                convertOne(converted);
            }
            first = converted.isReadable() ? converted.retain() : null;
        } finally {
            converted.release();
        }
        sizeInBytes = first == null ? SMALLEST_FILLER : Math.max(stored.sizeInBytes(), first.readableBytes());
        left = sizeInBytes;
    }

    /** What becomes of at least one batch and at most a chunk; null when nothing more comes. */
    private ByteBuf nextConverted() {
        ByteBuf converted = allocator.directBuffer();
        try {
            while (converting && !converted.isReadable() && hasBatch()) {
                while (chunk.isReadable()) {
                    convertOne(converted);
                }
            }
        } catch (UnreadableRecordsException | IOException told) {
            // The reader comes back for what is missing, and is told then.
            converting = false;
        } catch (RuntimeException | Error fault) {
            converted.release();
            throw fault;
        }
        if (converted.isReadable()) {
            return converted;
        }
        converted.release();
        return null;
    }

    private boolean hasBatch() throws IOException {
        if (chunk != null && !chunk.isReadable()) {
            chunk.release();
            chunk = null;
        }
        if (chunk == null) {
            chunk = batches.next();
        }
        return chunk != null;
    }

    private void convertOne(ByteBuf target) {
        int at = chunk.readerIndex();
        int size = BatchHeader.sizeInBytes(chunk, at);
        converter.convert(chunk, at, size, target);
        chunk.readerIndex(at + size);
    }

    /** What begins the filler begins each of its pieces anew, as in Kafka; readers look at the first only. */
    private ByteBuf filler() {
        converting = false;
        int length = Math.min(left, FILLER_PIECE_BYTES);
        ByteBuf filler = allocator.directBuffer(Math.max(length, SMALLEST_FILLER));
        filler.writeLong(-1).writeInt(Math.max(left + 1, BatchHeader.HEADER_BYTES));
        return filler.writeZero(Math.max(0, length - SMALLEST_FILLER));
    }

    private static void release(ByteBuf bytes) {
        if (bytes != null) {
            bytes.release();
        }
    }
}
