package io.barnabas.wire.oracle;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;

/** What the last release that converts for old readers puts on the wire for them. */
public final class KafkaDownConversion {
    private static final String RECORD = "org.apache.kafka.common.record.";
    private static final String COMMON = "org.apache.kafka.common.";

    private final KafkaRelease release = KafkaRelease.older();

    /** All bytes of the records field of an answer; null where it refuses, for a codec that old formats do not have. */
    public byte[] sent(byte[] stored, byte toMagic, long firstOffset) throws ReflectiveOperationException {
        try {
            return send(convert(stored, toMagic, firstOffset));
        } catch (InvocationTargetException refused) {
            if (refused.getCause().getClass().getSimpleName().equals("UnsupportedCompressionTypeException")) {
                return null;
            }
            throw refused;
        }
    }

    private Object convert(byte[] stored, byte toMagic, long firstOffset) throws ReflectiveOperationException {
        Object records = release.type(RECORD + "MemoryRecords")
                .getMethod("readableRecords", ByteBuffer.class)
                .invoke(null, ByteBuffer.wrap(stored));
        Class<?> time = release.type(COMMON + "utils.Time");
        Constructor<?> lazily = release.type(RECORD + "LazyDownConversionRecords")
                .getConstructor(
                        release.type(COMMON + "TopicPartition"),
                        release.type(RECORD + "Records"),
                        byte.class,
                        long.class,
                        time);
        Object partition = release.type(COMMON + "TopicPartition")
                .getConstructor(String.class, int.class)
                .newInstance("mana", 0);
        return lazily.newInstance(
                partition,
                records,
                toMagic,
                firstOffset,
                time.getField("SYSTEM").get(null));
    }

    private byte[] send(Object converted) throws ReflectiveOperationException {
        int size = (int) converted.getClass().getMethod("sizeInBytes").invoke(converted);
        Class<?> sendType = release.type(RECORD + "RecordsSend");
        Class<?> channelType = release.type(COMMON + "network.TransferableChannel");
        Object send = release.type(RECORD + "LazyDownConversionRecordsSend")
                .getConstructor(converted.getClass())
                .newInstance(converted);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Object channel = Proxy.newProxyInstance(
                channelType.getClassLoader(),
                new Class<?>[] {channelType},
                (proxy, method, arguments) -> method.getName().equals("write") ? take(arguments[0], out) : false);
        Method writeTo = sendType.getMethod("writeTo", channelType);
        while (out.size() < size) {
            writeTo.invoke(send, channel);
        }
        return out.toByteArray();
    }

    private static Object take(Object buffer, ByteArrayOutputStream out) {
        ByteBuffer bytes = (ByteBuffer) buffer;
        int length = bytes.remaining();
        byte[] copy = new byte[length];
        bytes.get(copy);
        out.writeBytes(copy);
        return length;
    }
}
