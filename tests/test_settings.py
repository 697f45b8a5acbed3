"""Settings as an operator writes them: a wrong one is one line that names the place and what was expected."""

from pathlib import Path

import pytest

from ventanilla import app, settings
from ventanilla.settings import Settings, WrongSettings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "desk.toml"


def load(file: Path, text: str = "", **environment: str) -> Settings:
    file.write_text(text)
    return settings.load({"VENTANILLA_CONFIG": str(file), **environment})


def complaint(file: Path, text: str = "", **environment: str) -> str:
    with pytest.raises(WrongSettings) as refused:
        load(file, text, **environment)
    (line,) = str(refused.value).splitlines()
    return line


def test_without_file_and_environment_everything_has_its_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = settings.load({"PATH": "/bin"})
    assert found == Settings()
    assert found.database == "sqlite:///data/desk.sqlite3"


def test_file_of_the_working_folder_is_taken_when_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ventanilla.toml").write_text('data_dir = "/srv/desk"\n')
    assert settings.load({}).data_dir == "/srv/desk"
    assert settings.load({}).database == "sqlite:////srv/desk/desk.sqlite3"


def test_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match=r"nowhere\.toml cannot be read"):
        settings.load({"VENTANILLA_CONFIG": str(tmp_path / "nowhere.toml")})


def test_file_that_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WrongSettings, match="cannot be read"):
        settings.load({"VENTANILLA_CONFIG": str(file)})


def test_file_with_a_byte_order_mark_is_read(file: Path) -> None:
    file.write_text('\ufefftime_zone = "Europe/Madrid"\n')
    assert settings.load({"VENTANILLA_CONFIG": str(file)}).time_zone == "Europe/Madrid"


WRONG = {
    "collector": ('[traces]\nendpoint = "127.0.0.1:4318"', "line 2: traces.endpoint: expected an address like http://"),
    "collector with a path": ('[traces]\nendpoint = "http://a/"', "line 2: traces.endpoint: expected an address like"),
    "unknown key": ('\ncolour = "red"', "line 2: colour: there is no such setting"),
    "unknown key of a table": ("[logs]\nlevle = 1", "line 2: logs.levle: there is no such setting"),
    "unknown table": ("[logging]\nlevel = 1", "line 1: logging: there is no such setting"),
    "no TOML": ("data_dir = = 1", "line 1"),
    "text for a switch": ('[rate_limits]\nenabled = "yes"', "line 2: rate_limits.enabled: expected true or false"),
    "number for text": ("data_dir = 3", "line 1: data_dir: expected text, got a whole number"),
    "empty folder": ('data_dir = ""', "line 1: data_dir: expected a folder"),
    "dotted key": ("# first\nrate_limits.enabled = 1", "line 2: rate_limits.enabled: expected true or false"),
    "inline table": ("[sla]\nhours = { low = 0 }", "line 2: sla.hours.low: expected a whole number >= 1"),
    "hours": ('[sla.hours]\nhigh = "4h"', "line 2: sla.hours.high: expected a whole number, got text"),
    "fraction": ("[attachments]\nmax_bytes = 1.5", "line 2: attachments.max_bytes: expected a whole number"),
    "too many": ("[attachments]\nmax_files = 10000000000", "line 2: attachments.max_files: expected a whole number <="),
    "below one": ("[rate_limits]\n\nperson_per_minute = 0", "line 3: rate_limits.person_per_minute: expected"),
    "value for a table": ("contracts = 3", "line 1: contracts: expected a table"),
    "text for a list": ('[contracts]\nenabled = "mesa"', 'line 2: contracts.enabled: expected a list like ["a", "b"]'),
    "number in a list": ('[contracts]\nenabled = ["mesa", 3]', "line 2: contracts.enabled[1]: expected text"),
    "extension": (
        '[attachments]\nblocked = ["exe"]',
        "line 2: attachments.blocked[0]: 'exe' does not begin with a dot",
    ),
    "level": ('[logs]\nlevel = "loud"', "line 2: logs.level: expected one of debug, error, info, warning"),
    "time zone": ('time_zone = "Europe/Macondo"', "line 1: time_zone: 'Europe/Macondo' is no time zone"),
    "time zone of a path": ('time_zone = "/etc/passwd"', "line 1: time_zone: '/etc/passwd' is no time zone"),
    "base_url without scheme": ('base_url = "desk.example.com"', "line 1: base_url: expected an address like https://"),
    "base_url with a slash": ('base_url = "https://desk.example.com/"', "line 1: base_url: expected an address"),
    "base_url with a query": ('base_url = "https://desk.example.com?x=1"', "line 1: base_url: expected an address"),
    "base_url with a login": ('base_url = "https://a:b@desk.example.com"', "line 1: base_url: expected an address"),
    "base_url with a bad port": ('base_url = "https://desk.example.com:x"', "line 1: base_url: expected an address"),
    "proxy": ('trusted_proxies = ["10.0.0.1", "lb"]', "line 1: trusted_proxies[1]: 'lb' is no address or network"),
    "origin": (
        '[cors]\norigins = ["https://a.example/x"]',
        "line 2: cors.origins[0]: 'https://a.example/x' is no origin",
    ),
    "store of another kind": (
        '[attachments]\nstore = "gs://files"',
        "line 2: attachments.store: expected an address like s3://bucket/prefix",
    ),
    "store that is a folder": ('[attachments]\nstore = "/srv/files"', "line 2: attachments.store: expected an address"),
    "store without a bucket": ('[attachments]\nstore = "s3://"', "line 2: attachments.store: expected an address"),
    "store with a slash": ('[attachments]\nstore = "s3://files/"', "line 2: attachments.store: expected an address"),
    "store of a large name": ('[attachments]\nstore = "s3://Files"', "line 2: attachments.store: expected an address"),
    "store that climbs": ('[attachments]\nstore = "s3://files/../a"', "line 2: attachments.store: expected an address"),
    "store with a login": ('[attachments]\nstore = "s3://k:s@files"', "line 2: attachments.store: expected an address"),
    "endpoint without scheme": (
        '[attachments.s3]\nendpoint = "s3.example.com"',
        "line 2: attachments.s3.endpoint: expected an address like https://s3.example.com, without a path",
    ),
    "endpoint with a path": (
        '[attachments.s3]\npublic_endpoint = "https://s3.example.com/files"',
        "line 2: attachments.s3.public_endpoint: expected an address like https://s3.example.com, without a path",
    ),
    "key without its secret": (
        '[attachments.s3]\naccess_key_id = "desk"',
        "line 1: attachments.s3: secret_access_key is missing: set both, or neither",
    ),
    "secret without its key": (
        '[attachments.s3]\nsecret_access_key = "swordfish"',
        "line 1: attachments.s3: access_key_id is missing: set both, or neither",
    ),
    "server without a bucket": (
        '[attachments.s3]\nendpoint = "https://s3.example.com"',
        "line 1: attachments.s3: is for files in a bucket: set attachments.store",
    ),
    "downloads": (
        '[attachments]\ndownloads = "link"',
        "line 2: attachments.downloads: expected one of proxy,",
    ),
    "issuer without algorithm": (
        '[[auth.issuers]]\nname = "a"\nalgorithm = "HS256"\n[[auth.issuers]]\nname = "b"',
        "line 4: auth.issuers[1]: algorithm is missing",
    ),
    "issuer with another algorithm": (
        '[[auth.issuers]]\nname = "a"\nalgorithm = "HS256"\n\n[[auth.issuers]]\nname = "b"\nalgorithm = "none"',
        "line 7: auth.issuers[1].algorithm: expected one of ES256, EdDSA, HS256, RS256",
    ),
    "issuer without a name": (
        '[[auth.issuers]]\nname = ""\nalgorithm = "HS256"',
        "line 2: auth.issuers[0].name: expected text of length >= 1",
    ),
    "unknown key of an issuer": (
        '[[auth.issuers]]\nname = "a"\nalgorithm = "HS256"\nsecrets = "x"',
        "line 4: auth.issuers[0].secrets: there is no such setting",
    ),
    "claim": (
        '[[auth.issuers]]\nname = "a"\nalgorithm = "HS256"\nclaims = { subject = 3 }',
        "line 4: auth.issuers[0].claims[...]: expected text or a list",
    ),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_wrong_value_is_named_with_its_line(file: Path, text: str, expected: str) -> None:
    told = complaint(file, text)
    assert told.startswith(str(file))
    assert expected in told


WRONG_VARIABLES = {
    "VENTANILLA_COLOUR": ("red", "there is no such setting"),
    "VENTANILLA_LOGS__LEVLE": ("info", "there is no such setting"),
    "VENTANILLA_RATE_LIMITS__ENABLED": ("perhaps", "expected true or false"),
    "VENTANILLA_CONTRACTS__ENABLED": ("mesa", 'expected a list like ["a", "b"]'),
    "VENTANILLA_CONTRACTS": ("mesa", "expected a table"),
    "VENTANILLA_ATTACHMENTS__MAX_BYTES": ("25 MiB", "expected a whole number"),
    "VENTANILLA_SLA__HOURS__LOW": ("0", "expected a whole number >= 1"),
    "VENTANILLA_BASE_URL": ("desk", "expected an address like https://desk.example.com"),
    "VENTANILLA_TIME_ZONE": ("Nowhere", "is no time zone"),
    "VENTANILLA_LOGS__LEVEL": ("loud", "expected one of debug"),
    "VENTANILLA_TRUSTED_PROXIES": ('["lb"]', "is no address or network"),
    "VENTANILLA_ATTACHMENTS__STORE": ("https://s3.example.com/files", "expected an address like s3://bucket/prefix"),
    "VENTANILLA_ATTACHMENTS__S3__ENDPOINT": ("minio:9000", "expected an address like https://s3.example.com"),
    "VENTANILLA_ATTACHMENTS__S3__PATH_STYLE": ("no", "expected true or false"),
    "VENTANILLA_DATA_DIR__INNER": ("x", "expected text"),
}


@pytest.mark.parametrize(("variable", "given"), WRONG_VARIABLES.items())
def test_wrong_value_of_the_environment_is_named_with_its_variable(
    file: Path, variable: str, given: tuple[str, str]
) -> None:
    value, expected = given
    told = complaint(file, **{variable: value})
    assert told.startswith(f"{variable}: ")
    assert expected in told


def test_variable_below_a_value_of_the_file_is_refused(file: Path) -> None:
    assert complaint(file, "contracts = 3", VENTANILLA_CONTRACTS__ENABLED="[]").startswith(
        "VENTANILLA_CONTRACTS__ENABLED: contracts is not a table"
    )


def test_environment_overrides_the_file_key_by_key(file: Path) -> None:
    text = 'data_dir = "/srv/a"\ntime_zone = "Europe/Madrid"\n[rate_limits]\nperson_per_minute = 7\n'
    found = load(file, text, VENTANILLA_DATA_DIR="/srv/b", VENTANILLA_RATE_LIMITS__ENABLED="false")
    assert (found.data_dir, found.time_zone) == ("/srv/b", "Europe/Madrid")
    assert (found.rate_limits.enabled, found.rate_limits.person_per_minute) == (False, 7)


def test_environment_takes_numbers_lists_and_tables_as_toml_writes_them(file: Path) -> None:
    found = load(
        file,
        VENTANILLA_ATTACHMENTS__MAX_BYTES="1_000",
        VENTANILLA_CONTRACTS__ENABLED='["mesa", "mobile"]',
        VENTANILLA_TRUSTED_PROXIES='["10.0.0.0/8", "::1"]',
        VENTANILLA_AUTH__ISSUERS='[{name = "app", algorithm = "HS256", secret_file = "/run/key"}]',
        VENTANILLA_SLA__HOURS="{low = 100}",
    )
    assert found.attachments.max_bytes == 1_000
    assert found.contracts.enabled == ["mesa", "mobile"]
    assert found.trusted_proxies == ["10.0.0.0/8", "::1"]
    assert found.auth.issuers[0].secret_file == "/run/key"
    assert (found.sla.hours.low, found.sla.hours.normal) == (100, 24)


@pytest.mark.parametrize("folder", ["2026", "true", "1.5", "[data]", "/srv/a b", "x\ny = 1", '"quoted"'])
def test_text_in_the_environment_needs_no_quotes_whatever_it_looks_like(file: Path, folder: str) -> None:
    assert load(file, VENTANILLA_DATA_DIR=folder).data_dir == folder.strip('"')


def test_variables_of_others_are_left_alone(file: Path) -> None:
    assert load(file, VENTANILLAX="1", PATH="/bin", ventanilla_data_dir="/x") == Settings()


def test_unknown_contract_is_named_with_its_line(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = load(file, '\n[contracts]\nenabled = ["mobile", "fax"]')
    monkeypatch.setenv("VENTANILLA_CONFIG", str(file))
    with pytest.raises(WrongSettings, match=r"desk\.toml, line 3: contracts\.enabled: there is no contract 'fax'"):
        app.enabled_contracts(found)


def test_no_contract_at_all_may_be_enabled(file: Path) -> None:
    assert app.enabled_contracts(load(file, "contracts.enabled = []")) == []


def test_endpoint_of_the_usual_variables_is_looked_at_as_well(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = load(file, f'data_dir = "{file.parent}"\n[attachments]\nstore = "s3://files"')
    monkeypatch.setenv("AWS_ENDPOINT_URL", "s3.example.com")
    with pytest.raises(WrongSettings, match=r"^AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL: expected an address like"):
        app.open_blobs(found)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://s3.example.com/")
    assert app.open_blobs(found).address("a") == "s3://files/a"


def test_good_addresses_are_taken(file: Path) -> None:
    for url in ("https://desk.example.com", "http://localhost:8000", "http://[::1]:8000", "https://example.com/desk"):
        assert load(file, f'base_url = "{url}"').base_url == url
    assert load(file, '[cors]\norigins = ["*", "https://a.example:8443"]').cors.origins[0] == "*"
    for url in ("s3://abc", "s3://my.files-1/desk/of.mine", "s3://files/it's_(1)!"):
        assert load(file, f'[attachments]\nstore = "{url}"').attachments.store == url
    assert load(file, 'trusted_proxies = ["*"]').trusted_proxies == ["*"]
