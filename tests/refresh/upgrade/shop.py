"""Makes the database that is looked at: shop.py FILE."""
import sqlite3
import sys

shop = sqlite3.connect(sys.argv[1])
shop.executescript(
    """
    create table customers(id integer primary key, name text, town text);
    create table orders(id integer primary key, customer integer references customers(id), product text, status text);
    insert into customers(name, town) values ('Ada', 'London'), ('Grace', 'New York'), ('Linus', 'Helsinki');
    """
)
for number in range(24):
    status = "paid" if number % 4 else "open"
    shop.execute("insert into orders(customer, product, status) values (?, ?, ?)", (number % 3 + 1, "Tea", status))
shop.commit()
