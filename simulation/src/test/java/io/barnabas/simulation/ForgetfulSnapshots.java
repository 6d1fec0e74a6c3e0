package io.barnabas.simulation;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** A disk that loses what producer snapshots say: whoever reads one finds it whole, and empty. */
final class ForgetfulSnapshots {
    private static final short VERSION = 1;

    private ForgetfulSnapshots() {}

    static Disk on(Disk disk) {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("open") && isRead((Path) arguments[0], (Object[]) arguments[1])) {
                        empty(disk, (Path) arguments[0]);
                    }
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private static boolean isRead(Path file, Object... options) {
        return file.toString().endsWith(".snapshot") && Arrays.equals(options, new Object[] {StandardOpenOption.READ});
    }

    private static void empty(Disk disk, Path snapshot) throws IOException {
        ByteBuffer count = ByteBuffer.allocate(Integer.BYTES).putInt(0).flip();
        CRC32C checksum = new CRC32C();
        checksum.update(count.duplicate());
        ByteBuffer content = ByteBuffer.allocate(Short.BYTES + 2 * Integer.BYTES)
                .putShort(VERSION)
                .putInt((int) checksum.getValue())
                .put(count)
                .flip();
        try (FileChannel file = disk.open(snapshot, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(content);
        }
    }
}
