"""Makes the database that is recorded: shop.py FILE."""
import sqlite3
import sys

shop = sqlite3.connect(sys.argv[1])
shop.executescript(
    """
    create table products(id integer primary key, name text, price real);
    create table orders(id integer primary key, product integer references products(id), amount integer);
    insert into products(name, price) values ('Tea', 3.5), ('Coffee', 4.2), ('Cups', 12);
    insert into orders(product, amount) values (1, 2), (2, 1), (3, 4);
    """
)
shop.commit()
