/**
 * Who was erased, in a list of its own: no backup carries it and no restore touches it, so what is restored into this database
 * is held against it before anybody can read it. It names no shop of `shops`: it outlives them.
 */
export const v002 = `
create table erased (
  shop text not null,
  member text not null,
  hlc text not null,
  primary key (shop, member)
);
insert into erased select shop, member, hlc from profiles where sealed is null;
`;
