package io.nmr.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void shortTable_isAsWideAsItsTexts() {
        Table table = new Table(Table.number("ID"), Table.text("STATE"), Table.name("WHO", 5)).row(7, "attached", "me");
        assertThat(table.toString().lines()).containsExactly("ID  STATE     WHO", " 7  attached  me");
    }

    @Test
    void wideTable_shortensNamesOnly_to80Columns() {
        String name = "com.example.department.product.feature.provider 1.0.0 [123]";
        Table table = new Table(Table.number("ID"), Table.text("STATE"), Table.name("ONE", 12), Table.name("OTHER", 12))
                .row(1234567, "deregistering", name, name);
        assertThat(table.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(table.toString()).contains("1234567  deregistering  c.e.d.p.f.provider [123]  c.e.d.p.f.provider [123]");
    }
}
