"""Tables of other people: finding the column of names in them, linking each name, giving the table back joined."""
