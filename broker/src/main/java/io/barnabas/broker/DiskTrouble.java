package io.barnabas.broker;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a failed access to the disk was about, in words: the JDK often names the file only. Pure. */
final class DiskTrouble {
    private DiskTrouble() {}

    static String describe(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        } else if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist and cannot be made";
        } else if (failure instanceof FileAlreadyExistsException other) {
            return other.getFile() + " is a file, where a directory should be";
        } else if (failure instanceof FileSystemException files && files.getReason() != null) {
            return files.getFile() + ": " + files.getReason();
        }
        return failure.getMessage();
    }
}
