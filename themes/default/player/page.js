/** What a guide's page does beside the walkthrough. */
