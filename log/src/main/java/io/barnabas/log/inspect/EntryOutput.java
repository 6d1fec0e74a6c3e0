package io.barnabas.log.inspect;

import java.io.IOException;
import java.nio.file.Path;

/** Where what is found in files goes, in the order in which it lies there. One thread calls. */
public interface EntryOutput {

    /** The entries that follow are of this file. */
    void file(Path file) throws IOException;

    void entry(Entry entry) throws IOException;
}
