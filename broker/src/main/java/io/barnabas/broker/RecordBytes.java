package io.barnabas.broker;

import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of a file, read into memory for whoever wants to look inside. Blocks on the disk. */
public final class RecordBytes {
    private static final Logger LOG = LoggerFactory.getLogger(RecordBytes.class);

    private RecordBytes() {}

    /** Takes the records over; empty after the disk has failed. The caller releases the copy. */
    public static Optional<ByteBuf> copy(RecordsRef records, ByteBufAllocator allocator) {
        if (records instanceof RecordsRef.Buffer inMemory) {
            return Optional.of(inMemory.bytes());
        }
        RecordsRef.FileSlice slice = (RecordsRef.FileSlice) records;
        ByteBuf bytes = allocator.buffer(Math.max(1, slice.sizeInBytes()));
        try {
            readFully(slice, bytes);
            return Optional.of(bytes);
        } catch (IOException failure) {
            bytes.release();
            LOG.error("Reading records from a segment failed", failure);
            return Optional.empty();
        } finally {
            slice.release();
        }
    }

    /** A read of so many bytes may end within a batch; its rest comes with the next read. */
    public static ByteBuf cutToWholeBatches(ByteBuf batches) {
        int end = batches.readerIndex();
        while (batches.writerIndex() - end >= BatchHeader.LOG_OVERHEAD) {
            int size = BatchHeader.sizeInBytes(batches, end);
            if (size < BatchHeader.LOG_OVERHEAD || size > batches.writerIndex() - end) {
                break;
            }
            end += size;
        }
        return batches.writerIndex(end);
    }

    private static void readFully(RecordsRef.FileSlice slice, ByteBuf into) throws IOException {
        long position = slice.position();
        while (into.writerIndex() < slice.sizeInBytes()) {
            int read = into.writeBytes(
                    slice.channel(), position + into.writerIndex(), slice.sizeInBytes() - into.writerIndex());
            if (read < 0) {
                throw new IOException("the segment ends before the slice of " + slice.sizeInBytes() + " bytes at "
                        + slice.position());
            }
        }
    }
}
