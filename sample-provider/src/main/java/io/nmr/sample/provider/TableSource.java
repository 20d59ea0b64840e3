package io.nmr.sample.provider;

import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressFamilies;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.GloballyReachable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where the table comes from: a CSV file for each family that the bundle serves, and a file of the user's that adds
 * blocks or replaces them. No field contains a comma; a line that begins with # is a comment, and the first other line
 * names the columns.
 *
 * @param bundle finds an entry of the bundle; null where there is none
 * @param override the user's file
 */
record TableSource(Function<String, URL> bundle, Optional<Path> override) {

    private static final String COLUMNS = "prefix,name,rfc,globally reachable";

    /** The families whose table is in the bundle: what sets version 2.0 of it apart from 1.0. */
    AddressFamilies families() {
        Set<AddressFamily> families = EnumSet.allOf(AddressFamily.class);
        families.removeIf(family -> entry(family) == null);
        return new AddressFamilies(families);
    }

    /** The bundle's blocks alone. */
    PrefixTable shipped() throws IOException {
        return new PrefixTable(shippedBlocks());
    }

    /**
     * The bundle's blocks, and over them the user's.
     *
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if a file is no such table
     */
    PrefixTable read() throws IOException {
        List<AddressBlock> blocks = shippedBlocks();
        if (override.isPresent()) {
            blocks.addAll(blocks(override.get().toUri().toURL()));
        }
        return new PrefixTable(blocks);
    }

    private List<AddressBlock> shippedBlocks() throws IOException {
        List<AddressBlock> blocks = new ArrayList<>();
        for (AddressFamily family : families().families()) {
            blocks.addAll(blocks(entry(family)));
        }
        return blocks;
    }

    private URL entry(AddressFamily family) {
        return bundle.apply("table/" + family.name().toLowerCase(Locale.ROOT) + ".csv");
    }

    private static List<AddressBlock> blocks(URL file) throws IOException {
        try (InputStream in = file.openStream()) {
            List<String> rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            if (rows.isEmpty() || !rows.get(0).equals(COLUMNS)) {
                throw new IllegalArgumentException("the line '" + COLUMNS + "' expected before all others");
            }
            return rows.stream().skip(1).map(TableSource::block).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static AddressBlock block(String row) {
        String[] fields = row.split(",", -1);
        if (fields.length != 4) {
            throw new IllegalArgumentException("'" + row + "': four fields expected, " + COLUMNS);
        }
        return new AddressBlock(fields[0], fields[1], fields[2], globallyReachable(fields[3]));
    }

    private static GloballyReachable globallyReachable(String field) {
        return switch (field) {
            case "True" -> GloballyReachable.YES;
            case "False" -> GloballyReachable.NO;
            case "N/A" -> GloballyReachable.NOT_APPLICABLE;
            default -> throw new IllegalArgumentException("'" + field + "': True, False or N/A expected");
        };
    }
}
