"""Registers in layouts of our own, built in code, each with the reading it must give."""

from collections.abc import Callable

from tests.documents.registers_in_cells import (
    days_in_all_shapes,
    hidden_things,
    name_and_post_together,
    owner_above_the_table,
    several_indicators_in_one_cell,
    software_export,
    ticked_columns,
    units_everywhere,
)
from tests.documents.registers_in_excel import (
    both_figures_in_one_cell,
    merged_title_with_several_owners,
    on_its_side,
    one_form_a_sheet,
    owner_blank_below,
    owner_rows,
    stored_formulas,
    texts_on_rows_below,
    three_row_heading,
    two_tables_one_sheet,
)
from tests.documents.registers_in_old_fonts import (
    cells_of_two_codings,
    in_tcvn3,
    in_vni_without_font,
)
from tests.documents.registers_in_text import (
    commas_with_title,
    english_export,
    tcvn3_csv,
    utf16_from_excel,
    vni_csv,
    windows_1258_tabs,
)
from tests.documents.registers_in_word import (
    form_with_two_tasks,
    label_tables,
    loose_forms,
    merged_word_table,
    table_in_two_pieces,
    tracked_changes,
)
from tests.documents.registers_tasks import Made

LAYOUTS: tuple[Callable[[], Made], ...] = (
    owner_rows,
    owner_blank_below,
    three_row_heading,
    on_its_side,
    one_form_a_sheet,
    two_tables_one_sheet,
    both_figures_in_one_cell,
    several_indicators_in_one_cell,
    units_everywhere,
    name_and_post_together,
    ticked_columns,
    days_in_all_shapes,
    software_export,
    owner_above_the_table,
    hidden_things,
    in_tcvn3,
    in_vni_without_font,
    cells_of_two_codings,
    stored_formulas,
    merged_title_with_several_owners,
    texts_on_rows_below,
    merged_word_table,
    table_in_two_pieces,
    tracked_changes,
    label_tables,
    loose_forms,
    form_with_two_tasks,
    windows_1258_tabs,
    utf16_from_excel,
    commas_with_title,
    tcvn3_csv,
    vni_csv,
    english_export,
)
