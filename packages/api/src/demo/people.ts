/** The demo data of the contract. Everybody is made up; the phone numbers belong to nobody. */
export const DEMO_PASSWORD = 'correct-horse-battery-staple';

export const demoOrganizations = {
  demo: 'Demo Signage',
  other: 'Other Signage',
} as const;

export const namedPeople = [
  { organization: 'demo', name: 'Olivia Hart', email: 'olivia@demo.example', role: 'OWNER' },
  { organization: 'demo', name: 'Adam Reyes', email: 'adam@demo.example', role: 'ADMIN' },
  { organization: 'demo', name: 'Mia Lindqvist', email: 'mia@demo.example', role: 'MEMBER' },
  { organization: 'demo', name: 'Noah Bennett', email: 'noah@demo.example', role: 'MEMBER' },
  { organization: 'demo', name: 'Liam Okafor', email: 'liam@demo.example', role: 'MEMBER' },
  { organization: 'demo', name: 'Emma Fischer', email: 'emma@demo.example', role: 'MEMBER' },
  { organization: 'demo', name: 'Ava Moretti', email: 'ava@demo.example', role: 'MEMBER' },
  { organization: 'other', name: 'Zoe Castellan', email: 'zoe@other.example', role: 'OWNER' },
] as const;

/** 43 members, to be given every state by their place in this list. */
export const moreMembers = [
  'Abel Norman', 'Alma Keller', 'Amir Haddad', 'Anika Rao', 'Bruno Costa', 'Carla Nunes', 'Cyrus Bell',
  'Dalia Stern', 'Dario Conti', 'Edith Warner', 'Elio Marchetti', 'Esther Quinn', 'Fadi Nasser', 'Farah Malik',
  'Felix Brandt', 'Gemma Doyle', 'Greta Holm', 'Hana Suzuki', 'Hugo Laurent', 'Ida Petersen', 'Imran Shah',
  'Ines Duarte', 'Ivo Kovac', 'Jonas Weber', 'Jules Martin', 'Kaya Demir', 'Kofi Mensah', 'Lara Jensen',
  'Leon Hartmann', 'Luca Bianchi', 'Mara Novak', 'Milan Horvat', 'Nadia Petrova', 'Nico Serra', 'Omar Farouk',
  'Paula Ibarra', 'Petra Winkler', 'Ravi Menon', 'Rosa Delgado', 'Selma Aydin', 'Tariq Aziz', 'Vera Lund',
  'Yusuf Kaplan',
] as const; // prettier-ignore
