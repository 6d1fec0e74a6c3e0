package io.barnabas.compat.powercut;

import io.barnabas.compat.Program;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system in a file, mounted through a loop device. {@link #cutPower} stops it at once, as if it had lost its
 * disk: what was not written through by then is gone when it is mounted again. Confined to one thread.
 */
final class LoopFileSystem implements AutoCloseable {
    private static final long BYTES = 8L << 30;

    private final Path image;
    private final Path mountPoint;
    private boolean mounted;

    private LoopFileSystem(Path image, Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
    }

    /** @param type {@code ext4}, {@code xfs} or what else there is a mkfs for */
    static LoopFileSystem make(Path directory, String type) throws IOException {
        Path image = directory.resolve(type + ".img");
        Path mountPoint = Files.createDirectories(directory.resolve(type));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            // A hole: it takes the space of what is written.
            file.setLength(BYTES);
        }
        run("mkfs." + type, "-q", image.toString());
        LoopFileSystem made = new LoopFileSystem(image, mountPoint);
        made.mount();
        return made;
    }

    Path path() {
        return mountPoint;
    }

    void mount() {
        run("mount", "-o", "loop", image.toString(), mountPoint.toString());
        mounted = true;
    }

    /** Everything that touches it fails from now on; not even its journal is written out. */
    void cutPower() {
        run("xfs_io", "-x", "-c", "shutdown", mountPoint.toString());
    }

    /** Nobody may have a file open in it. */
    void unmount() {
        if (mounted) {
            run("umount", mountPoint.toString());
            mounted = false;
        }
    }

    @Override
    public void close() throws IOException {
        unmount();
        Files.deleteIfExists(image);
    }

    private static void run(String... command) {
        Program.of(command).run().expectSuccess();
    }
}
