package io.barnabas.log.crash;

import io.barnabas.runtime.Disk;
import io.barnabas.testkit.DelegatingDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** A disk with a fault planted in it by a subclass; it does all else that it is told. */
class PlantedDisk extends DelegatingDisk {
    PlantedDisk(Disk disk) {
        super(disk);
    }

    /** What the log module gets for a file that it opens. */
    FileChannel planted(Path file, FileChannel opened) {
        return opened;
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        return planted(file, super.open(file, options));
    }
}
