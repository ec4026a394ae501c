"""What `./dev test` takes a sample of: tests that do the same to each of many. All of them
are for `./dev test --alt`."""

from collections import defaultdict
from types import SimpleNamespace

# Whether all is run; tests/conftest.py says so before a test is read.
VALG = SimpleNamespace(alt=True)

# {file below tests/: {test: how many stand for each one that ./dev test runs}}
STIKKPROVER = {
    "evaluering/test_admin.py": {
        "test_a_figure_that_cannot_be_is_refused": 9,
        "test_a_foreign_row_is_refused_beside_the_field": 8,
        "test_a_page_costs_the_same_with_one_and_three_of_all": 3,
        "test_an_answer_is_given_once": 3,
        "test_an_own_row_is_accepted_there": 8,
        "test_what_cannot_be_is_said_beside_the_field": 6,
        "test_what_is_answered_has_no_reason_for_not_being": 2,
    },
    "evaluering/test_diagram.py": {
        "test_any_figures_are_drawn_or_left_out": 5,
    },
    "evaluering/test_kunnskapsskjema.py": {
        "test_any_value_in_all_fields_is_no_server_error": 3,
    },
    "evaluering/test_lillestrom.py": {
        "test_contacts_of_each_place_are_those_of_the_report": 4,
        "test_other_figures": 4,
    },
    "evaluering/test_lorenskog.py": {
        "test_a_tjeneste_says_whom_it_is_for": 4,
    },
    "evaluering/test_sider.py": {
        "test_what_is_not_published_is_for_coordinators_and_the_politirad": 3,
    },
    "evaluering/test_skjul.py": {
        "test_a_total_under_another_name_stands_beside_no_part": 5,
        "test_a_total_under_another_name_tells_of_a_row_that_is_missing": 5,
        "test_no_hidden_figure_follows_from_those_that_are_shown": 3,
        "test_the_whole_is_no_part_of_itself": 5,
        "test_what_is_a_sum_by_chance_is_compared_as_a_part": 3,
    },
    "moter/test_admin.py": {
        "test_a_foreign_row_is_refused_beside_the_field": 3,
        "test_a_forum_that_cannot_be_is_said_beside_the_field": 3,
    },
    "moter/test_foraskjema.py": {
        "test_any_value_in_all_fields_is_no_server_error": 3,
    },
    "moter/test_kalender.py": {
        "test_a_public_feed_is_the_same_to_all_and_says_no_place": 3,
        "test_what_is_called_off_is_told_for_a_while": 4,
        "test_whoever_is_closed_taken_out_or_revoked_gets_no_calendar": 3,
    },
    "moter/test_lesere.py": {
        "test_a_link_that_cannot_be_is_refused_in_words": 3,
    },
    "moter/test_lillestrom.py": {
        "test_who_sits_there": 4,
    },
    "moter/test_moteplan.py": {
        "test_a_day_that_is_not_suggested_moves_nothing": 3,
        "test_as_many_are_put_in_as_were_proposed": 3,
        "test_what_a_forum_can_not_have_is_said_beside_its_field": 3,
        "test_what_can_not_be_planned_is_said_beside_the_field": 10,
        "test_what_can_not_be_read_or_is_no_good_moves_nothing": 4,
    },
    "moter/test_planlegger.py": {
        "test_twenty_fora_over_three_years_take_a_moment": 3,
    },
    "moter/test_redigering.py": {
        "test_a_bad_change_changes_nothing": 3,
        "test_a_meeting_that_makes_no_sense": 12,
        "test_all_who_write_lock_the_same_kommuner_in_the_same_order": 4,
        "test_an_end_that_makes_no_sense": 2,
        "test_what_makes_no_sense_is_said_beside_its_field": 10,
        "test_what_the_rule_does_not_ask_for_counts_for_nothing": 3,
        "test_without_a_forum_there_is_nothing_to_plan": 3,
    },
    "moter/test_serier.py": {
        "test_a_small_change_moves_the_meetings_and_calls_none_off": 4,
        "test_each_rule_is_filled_as_it_would_be_laid_out": 2,
    },
    "moter/test_sider.py": {
        "test_pages_cost_the_same_for_one_and_three": 3,
    },
    "moter/test_skoleruta.py": {
        "test_a_row_that_is_wrong_is_marked_and_nothing_is_put_in": 3,
    },
    "moter/test_visninger.py": {
        "test_they_ask_as_much_whatever_there_is": 2,
    },
    "nettleser/test_admin.py": {
        "test_a_long_title_makes_the_history_no_wider": 2,
    },
    "nettleser/test_disposisjon.py": {
        "test_a_plan_is_written_from_nothing_to_pdf": 2,
        "test_who_closes_a_form_goes_on_at_its_row": 2,
    },
    "nettleser/test_fora_og_kunnskap.py": {
        "test_a_member_is_added": 2,
        "test_axe_finds_nothing_in_the_forms": 3,
    },
    "nettleser/test_innstillinger.py": {
        "test_a_sted_is_added_and_another_changed_at_once": 3,
        "test_axe_finds_nothing_and_no_page_is_wider_than_the_screen": 4,
    },
    "nettleser/test_moteplan.py": {
        "test_months_years_and_the_school_year_fit": 2,
    },
    "nettleser/test_sider.py": {
        "test_a_phone_number_is_changed_in_three_presses": 3,
        "test_axe_finds_nothing_in_the_forms": 3,
        "test_each_lands_on_an_arbeidsflate_that_leads_on": 3,
        "test_every_stop_is_seen_and_in_the_order_of_the_page": 2,
        "test_no_heading_is_larger_than_the_one_it_stands_under": 6,
        "test_on_a_phone_the_arbeidsflate_is_one_press_away": 3,
        "test_on_a_phone_who_searches_is_taken_to_the_results": 3,
        "test_the_first_printed_page_is_not_left_empty": 4,
        "test_whom_to_call_stands_without_holes": 2,
    },
    "slt/test_admin.py": {
        "test_a_filter_by_a_foreign_id_finds_nothing": 4,
        "test_a_kommune_is_refused_beside_the_field": 12,
        "test_a_kommune_sent_with_the_form_is_not_listened_to": 3,
        "test_a_name_may_be_used_in_two_kommuner": 3,
        "test_a_taken_name_is_said_beside_the_field": 3,
        "test_a_user_without_access_is_refused": 8,
        "test_an_identity_number_is_refused_in_every_text": 12,
        "test_an_unchanged_form_changes_nothing": 8,
        "test_forms_offer_own_rows_only": 8,
        "test_lists_cost_the_same_for_one_and_three": 12,
        "test_nobody_is_asked_to_log_in": 4,
        "test_pages_cost_the_same_however_many_others_there_are": 12,
        "test_search_fields_offer_own_rows_only": 3,
        "test_the_address_of_a_new_kommune_comes_of_its_name": 3,
        "test_the_coordinator_opens_every_page": 8,
        "test_the_list_has_own_rows_only": 4,
        "test_the_neighbour_changes_and_deletes_nothing": 8,
        "test_the_neighbour_opens_none": 8,
        "test_what_is_no_row_is_refused_beside_the_search_field": 9,
    },
    "slt/test_adminord.py": {
        "test_what_is_added_may_be_of_any_gender": 3,
    },
    "slt/test_adminsider.py": {
        "test_an_empty_list_says_what_to_make_first": 5,
        "test_every_question_is_answered_at_the_same_cost": 4,
        "test_labels_are_words": 5,
        "test_no_page_compares_clocks": 5,
        "test_no_word_of_a_page_is_english": 5,
        "test_what_is_explained_says_more_than_its_label": 5,
    },
    "slt/test_angre.py": {
        "test_each_row_comes_back_as_it_was_or_its_model_is_listed": 14,
    },
    "slt/test_arbeidsflate.py": {
        "test_it_costs_the_same_for_one_and_three": 4,
    },
    "slt/test_dager.py": {
        "test_in_the_admin": 12,
        "test_in_the_forms_of_access": 3,
        "test_in_the_forms_of_the_site": 10,
    },
    "slt/test_foreldet.py": {
        "test_a_third_change_is_refused_again": 3,
        "test_each_choice_is_stored": 4,
        "test_marks_and_choices_that_are_none_break_nothing": 6,
        "test_the_longest_texts_are_compared_at_once_and_whole": 2,
    },
    "slt/test_fratatt.py": {
        "test_the_requests_change_something": 8,
        "test_who_loses_the_kommune_while_they_wait_changes_nothing": 8,
    },
    "slt/test_hjelp.py": {
        "test_a_page_leads_to_its_chapter_twice_asked": 4,
    },
    "slt/test_innsyn.py": {
        "test_a_name_in_a_web_address_is_found": 3,
        "test_a_name_is_found_however_it_is_set": 2,
        "test_a_name_is_found_in_the_genitive": 3,
    },
    "slt/test_kommando.py": {
        "test_a_file_that_cannot_be_loaded_says_where_and_why": 6,
        "test_each_reference_across_the_border_is_found": 12,
    },
    "slt/test_konto.py": {
        "test_a_sender_is_one_however_the_proxy_writes_them": 3,
        "test_each_way_to_write_an_address_counts_with_the_others": 3,
    },
    "slt/test_koordinatorer.py": {
        "test_its_coordinators_see_that_nobody_will_keep_it": 4,
        "test_the_last_administrator_stays": 3,
    },
    "slt/test_meny.py": {
        "test_every_page_leads_to_the_plan_in_force": 4,
        "test_none_leads_to_another_plan": 5,
        "test_so_do_those_of_the_coordinator": 3,
    },
    "slt/test_personvern.py": {
        "test_hostile_text_ends": 8,
    },
    "slt/test_rekkefolge.py": {
        "test_a_place_that_cannot_be_is_said_beside_it": 2,
        "test_rows_of_a_page_change_places_in_one_save": 3,
    },
    "slt/test_retter.py": {
        "test_who_has_very_many_is_looked_up_in_the_database": 3,
        "test_who_reads_sees_what_the_database_says": 6,
    },
    "slt/test_riktekst.py": {
        "test_the_longest_text_is_cleaned_in_seconds": 3,
    },
    "slt/test_samtidig.py": {
        "test_a_mark_that_is_none_counts_as_stale": 3,
        "test_a_mark_that_is_none_is_as_if_all_was_changed": 3,
        "test_a_new_row_of_its_own_page_that_is_sent_twice_is_there_once": 3,
        "test_a_new_row_that_is_sent_twice_is_put_in_once": 2,
    },
    "slt/test_sikkerhet.py": {
        "test_an_address_that_got_in_past_all_doors_leads_nowhere": 3,
        "test_no_door_lets_in_an_address_of_another_kind": 5,
    },
    "slt/test_tilganger.py": {
        "test_a_coordinator_invites_somebody_who_then_chooses_a_password": 3,
        "test_a_coordinator_sees_the_site_as_others_do": 3,
        "test_an_administrator_is_told_in_the_admin": 2,
        "test_giving_it_once_more_invites_once_more": 2,
        "test_giving_what_somebody_has_changes_when_it_ends": 4,
        "test_the_page_warns_of_the_day_after_which_nobody_coordinates": 3,
        "test_what_begins_later_or_has_parts_is_one_right_from_today_on": 3,
        "test_what_is_wrong_is_said_and_nothing_happens": 9,
    },
    "test_nynorsk.py": {
        "test_a_page_is_in_the_language_of_its_kommune": 12,
        "test_nothing_is_left_in_bokmal": 4,
    },
    "test_pdfstandarder.py": {
        "test_a_fault_is_found": 12,
        # Every kind of document, either language and both kommuner are among them.
        "test_every_document_passes_both_standards": 4,
        "test_what_the_editor_lets_people_write_passes": 4,
    },
    "tiltak/pdf/test_innhold.py": {
        "test_a_document_says_the_period_once_at_its_title": 2,
        "test_a_tiltak_with_20_000_characters": 3,
        "test_an_address_gets_no_hyphen_where_a_line_ends": 12,
        "test_each_tiltak_says_how_to_reach_whom": 3,
        "test_it_is_said_once_that_nobody_can_be_reached": 2,
        "test_qpdf_finds_nothing_wrong": 2,
        "test_the_renderer_fetches_nothing_but_the_projects_own_files": 12,
        "test_what_counts_as_changed_since_it_was_adopted": 3,
    },
    "tiltak/pdf/test_utlevering.py": {
        "test_a_document_too_big_is_said_so_and_not_tried_again_at_once": 3,
        "test_anybody_gets_what_was_adopted_by_a_name_that_says_what_it_is": 3,
        "test_documents_are_for_reading": 4,
        "test_what_is_not_there_is_a_404": 3,
    },
    "tiltak/test_admin.py": {
        "test_a_contact_that_cannot_be_is_said_beside_it": 3,
        "test_a_draft_is_deleted_with_a_trace": 2,
        "test_a_foreign_row_is_refused_beside_the_field": 8,
        "test_a_number_is_found_however_its_digits_are_grouped": 5,
        "test_a_number_that_cannot_be_is_said_beside_it": 3,
        "test_a_superseded_plan_is_read_only": 2,
        "test_a_tiltak_that_cannot_be_is_said_beside_the_field": 2,
        "test_a_year_that_makes_no_address_is_refused_beside_the_field": 2,
        "test_an_own_row_is_accepted_there": 8,
        "test_nothing_new_comes_into_a_superseded_plan": 3,
        "test_the_others_make_room_in_a_draft": 2,
        "test_what_stands_in_a_plan_stays_in_it": 3,
        "test_what_was_adopted_is_not_deleted": 3,
    },
    "tiltak/test_behandling.py": {
        "test_a_plan_that_came_as_ended_is_not_reopened": 3,
        "test_it_stands_when_somebody_has_built_on_it": 9,
        "test_what_cannot_be_is_said_beside_the_field": 3,
    },
    "tiltak/test_dekning.py": {
        "test_every_count_is_that_of_the_list_it_leads_to": 2,
    },
    "tiltak/test_disposisjon.py": {
        "test_the_outline_costs_the_same_however_long_the_plan_is": 2,
    },
    "tiltak/test_filter.py": {
        "test_a_null_byte_in_one_field_is_told_there": 4,
        "test_choices": 8,
        "test_hostile_values_break_nothing": 4,
        "test_impossible_values_are_explained_and_nothing_is_listed": 3,
        "test_pages_that_are_not_there": 3,
        "test_together_filters_find_what_each_of_them_finds": 3,
        "test_unknown_choices_are_explained_and_nothing_is_listed": 4,
        "test_words": 4,
    },
    "tiltak/test_gjester.py": {
        "test_a_place_in_an_unpublished_area_is_shown_nowhere": 3,
        "test_guests_cost_no_query_each": 3,
        "test_what_is_not_continued_becomes_the_other_plans_own": 3,
    },
    "tiltak/test_innspill.py": {
        "test_half_an_answer_is_none": 2,
        "test_what_is_entered_wrongly_is_refused": 3,
        "test_who_reads_what_of_a_draft": 3,
    },
    "tiltak/test_lillestrom.py": {
        "test_everyday_words_find_something": 4,
    },
    "tiltak/test_limt.py": {
        "test_a_contact_point": 4,
        "test_the_addresses_of_the_kommune": 4,
    },
    "tiltak/test_malgrupper.py": {
        "test_a_malgruppe_holds_for_these_ages": 4,
    },
    "tiltak/test_mangler.py": {
        "test_counts_that_are_right": 12,
        "test_it_costs_the_same_whatever_is_lacking": 2,
        "test_it_is_found_and_when_mended_gone": 12,
        "test_what_is_ended_stands_in_a_draft": 2,
    },
    "tiltak/test_planens_malgruppe.py": {
        "test_the_plan_says_for_whom_it_is": 3,
    },
    "tiltak/test_planskjema.py": {
        "test_an_identity_number_is_refused_in_every_text": 3,
        "test_any_value_in_any_field_is_no_server_error": 9,
    },
    "tiltak/test_publisering.py": {
        "test_nobody_reads_of_it_on_the_pages_of_the_plan": 3,
        "test_what_has_ended_is_not_listed_as_in_force": 3,
    },
    "tiltak/test_redigering.py": {
        "test_a_conflict_leads_to_the_history_of_the_row": 3,
        "test_a_contact_point_of_another_tjeneste_is_refused_beside_the_field": 2,
        "test_a_telephone_number_is_read_as_people_write_it": 9,
        "test_an_ansvar_that_somebody_else_changed_counts_too": 3,
        "test_an_identity_number_is_refused_beside_its_field_and_the_rest_kept": 3,
        "test_broken_data_is_no_server_error_and_invents_nothing": 12,
        "test_the_kommune_of_the_address_is_that_of_the_row": 3,
        "test_what_cannot_be_is_said_beside_its_field": 3,
        "test_what_is_no_telephone_number_is_refused": 10,
        "test_what_somebody_else_saved_is_not_written_over_unseen": 3,
    },
    "tiltak/test_sider.py": {
        "test_a_change_of_content_is_the_last_change": 8,
        "test_a_draft_is_there_for_own_coordinators_only": 4,
        "test_a_page_costs_the_same_for_3_60_and_4700": 4,
        "test_a_superseded_plan_says_so": 4,
        "test_acute_help_is_on_every_page_of_a_kommune": 4,
        "test_everybody_sees_what_is_in_force": 3,
        "test_no_address_leads_to_another_host": 3,
        "test_no_page_grows_without_bound": 4,
        "test_nothing_is_loaded_from_other_hosts": 3,
        "test_pages_of_a_list_that_are_not_there": 3,
        "test_short_addresses_lead_to_the_plan_in_force": 4,
        "test_the_address_of_another_kommune_leads_nowhere": 3,
        "test_the_coordinator_alone_is_offered_to_change": 3,
        "test_unclear_responsibility_is_said_once": 3,
        "test_without_one_in_force_they_lead_nowhere": 4,
        "test_wrong_addresses_get_our_own_page": 5,
        "test_wrong_numbers_of_forms_get_our_own_page": 3,
    },
    "tiltak/test_skjemarader.py": {
        "test_a_button_that_changes_the_form_saves_nothing_and_loses_nothing": 5,
        "test_old_and_new_rows_are_saved_in_the_order_of_the_page": 3,
        "test_what_cannot_be_made_is_said_beside_its_field": 4,
    },
    "tiltak/test_styringsdokumenter.py": {
        "test_what_is_wrong_is_said_beside_the_field": 3,
    },
    "tiltak/test_telling.py": {
        "test_a_text_of_one_long_sentence_is_read_at_once": 3,
    },
    "tiltak/test_tilbud.py": {
        "test_the_list_is_narrowed_as_that_of_a_plan": 3,
        "test_what_is_not_published_is_seen_by_those_who_write_plans": 2,
    },
    "tiltak/test_vern.py": {
        "test_a_plan_in_force_is_added_to_and_changed": 3,
        "test_nothing_in_a_superseded_plan_is_changed_or_taken_out": 3,
        "test_nothing_is_added_to_a_superseded_plan": 3,
        "test_what_may_pass_by_does": 3,
    },
}


def eksempler(alle):
    """How many examples a test that makes them up is given."""
    return alle if VALG.alt else alle // 4


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
