"""What `./dev test` takes a sample of: tests that do the same to each of many. All of them
are for `./dev test --alt`."""

from collections import defaultdict

# {file below tests/: {test: how many stand for each one that ./dev test runs}}
STIKKPROVER = {
    "evaluering/test_admin.py": {
        "test_a_foreign_row_is_refused_beside_the_field": 4,
        "test_an_own_row_is_accepted_there": 4,
        "test_what_cannot_be_is_said_beside_the_field": 3,
    },
    "evaluering/test_diagram.py": {"test_any_figures_are_drawn_or_left_out": 5},
    "evaluering/test_lillestrom.py": {"test_other_figures": 4},
    "evaluering/test_lorenskog.py": {"test_a_tjeneste_says_whom_it_is_for": 4},
    "evaluering/test_skjul.py": {
        "test_a_total_under_another_name_stands_beside_no_part": 5,
        "test_a_total_under_another_name_tells_of_a_row_that_is_missing": 5,
        "test_no_hidden_figure_follows_from_those_that_are_shown": 3,
        "test_the_whole_is_no_part_of_itself": 5,
        "test_what_is_a_sum_by_chance_is_compared_as_a_part": 3,
    },
    "moter/test_moteplan.py": {
        "test_as_many_are_put_in_as_were_proposed": 3,
        "test_what_can_not_be_planned_is_said_beside_the_field": 5,
    },
    "moter/test_redigering.py": {
        "test_a_meeting_that_makes_no_sense": 5,
        "test_what_makes_no_sense_is_said_beside_its_field": 5,
    },
    "nettleser/test_admin.py": {"test_a_long_title_makes_the_history_no_wider": 2},
    "nettleser/test_moteplan.py": {"test_months_years_and_the_school_year_fit": 2},
    "nettleser/test_sider.py": {
        "test_axe_finds_nothing_in_the_forms": 3,
        "test_every_accent_colour_can_be_read_in_both_schemes": 3,
        "test_every_stop_is_seen_and_in_the_order_of_the_page": 2,
        "test_no_heading_is_larger_than_the_one_it_stands_under": 3,
        "test_the_first_printed_page_is_not_left_empty": 2,
    },
    "slt/test_admin.py": {
        "test_a_filter_by_a_foreign_id_finds_nothing": 4,
        "test_a_kommune_is_refused_beside_the_field": 3,
        "test_a_user_without_access_is_refused": 4,
        "test_an_identity_number_is_refused_in_every_text": 4,
        "test_an_unchanged_form_changes_nothing": 4,
        "test_forms_offer_own_rows_only": 4,
        "test_lists_cost_the_same_for_one_and_three": 4,
        "test_nobody_is_asked_to_log_in": 4,
        "test_pages_cost_the_same_however_many_others_there_are": 5,
        "test_search_fields_offer_own_rows_only": 3,
        "test_the_coordinator_opens_every_page": 4,
        "test_the_list_has_own_rows_only": 4,
        "test_the_neighbour_changes_and_deletes_nothing": 4,
        "test_the_neighbour_opens_none": 4,
        "test_what_is_no_row_is_refused_beside_the_search_field": 3,
    },
    "slt/test_angre.py": {
        "test_each_row_comes_back_as_it_was_or_its_model_is_listed": 7
    },
    "slt/test_dager.py": {
        "test_in_the_admin": 5,
        "test_in_the_forms_of_the_site": 5,
    },
    "slt/test_fratatt.py": {
        "test_the_requests_change_something": 4,
        "test_who_loses_the_kommune_while_they_wait_changes_nothing": 4,
    },
    "slt/test_kommando.py": {
        "test_a_file_that_cannot_be_loaded_says_where_and_why": 3,
        "test_each_reference_across_the_border_is_found": 6,
    },
    "slt/test_meny.py": {
        "test_every_page_leads_to_the_plan_in_force": 4,
        "test_none_leads_to_another_plan": 5,
    },
    "slt/test_personvern.py": {"test_hostile_text_ends": 8},
    "slt/test_retter.py": {
        "test_who_has_very_many_is_looked_up_in_the_database": 3,
        "test_who_reads_sees_what_the_database_says": 3,
    },
    "slt/test_sikkerhet.py": {
        "test_an_address_that_got_in_past_all_doors_leads_nowhere": 3,
        "test_no_door_lets_in_an_address_of_another_kind": 5,
    },
    "test_pdfstandarder.py": {
        # Every kind of document, either language and both kommuner are among them.
        "test_a_fault_is_found": 3,
        "test_every_document_passes_both_standards": 3,
        "test_what_the_editor_lets_people_write_passes": 4,
    },
    "tiltak/pdf/test_innhold.py": {
        "test_an_address_gets_no_hyphen_where_a_line_ends": 4,
        "test_the_renderer_fetches_nothing_but_the_projects_own_files": 4,
    },
    "tiltak/test_admin.py": {
        "test_a_foreign_row_is_refused_beside_the_field": 4,
        "test_a_number_is_found_however_its_digits_are_grouped": 5,
        "test_an_own_row_is_accepted_there": 4,
    },
    "tiltak/test_dekning.py": {"test_every_count_is_that_of_the_list_it_leads_to": 2},
    "tiltak/test_filter.py": {
        "test_a_null_byte_in_one_field_is_told_there": 4,
        "test_choices": 4,
        "test_hostile_values_break_nothing": 4,
        "test_unknown_choices_are_explained_and_nothing_is_listed": 4,
        "test_words": 4,
    },
    "tiltak/test_lillestrom.py": {"test_everyday_words_find_something": 4},
    "tiltak/test_mangler.py": {"test_it_is_found_and_when_mended_gone": 4},
    "tiltak/test_publisering.py": {
        "test_nobody_reads_of_it_on_the_pages_of_the_plan": 3
    },
    "tiltak/test_redigering.py": {
        "test_a_telephone_number_is_read_as_people_write_it": 3,
        "test_broken_data_is_no_server_error_and_invents_nothing": 5,
        "test_what_is_no_telephone_number_is_refused": 5,
    },
    "tiltak/test_sider.py": {
        "test_a_change_of_content_is_the_last_change": 4,
        "test_a_page_costs_the_same_for_3_60_and_4700": 4,
        "test_everybody_sees_what_is_in_force": 3,
        "test_no_page_grows_without_bound": 4,
        "test_short_addresses_lead_to_the_plan_in_force": 4,
        "test_wrong_addresses_get_our_own_page": 5,
    },
    "tiltak/test_vern.py": {
        "test_a_plan_in_force_is_added_to_and_changed": 3,
        "test_nothing_in_a_superseded_plan_is_changed_or_taken_out": 3,
        "test_nothing_is_added_to_a_superseded_plan": 3,
        "test_what_may_pass_by_does": 3,
    },
}


def utenfor_stikkproven(items, rot, forskyvning=0):
    """Those of the tests that a sample leaves out.

    `forskyvning` shifts the sample: two runs with other ones look at other rows.
    """
    grupper = defaultdict(list)
    for item in items:
        fil = item.path.relative_to(rot).as_posix()
        hver = STIKKPROVER.get(fil, {}).get(getattr(item, "originalname", None))
        if hver:
            grupper[fil, item.originalname, hver].append(item)
    for (_fil, _navn, hver), gruppe in grupper.items():
        forste = forskyvning % min(hver, len(gruppe))
        for nr, item in enumerate(gruppe):
            if nr % hver != forste:
                yield item
