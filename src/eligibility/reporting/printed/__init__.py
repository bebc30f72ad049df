"""What leaves the bureau on paper: letters to persons, the roster for publication, the table by stage."""
