// What is asked of the SNE services in a measure, as it travels, and what is read of the answers.
#pragma once

#include <deque>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sne/client_request.hpp"

namespace passerelle::bench {

inline std::string request_of(std::string_view content_type, std::string_view body) {
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}",
      sne::service_path, content_type, body.size(), body);
}

/// A getDemandeLogement.
inline std::string reading_of(std::string_view numero) {
  const std::string envelope = fmt::format(
      "<soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:ws=\"{}\"><soap:Body>"
      "<ws:demandeLogementParametres><numUnique>{}</numUnique></ws:demandeLogementParametres></soap:Body>"
      "</soap:Envelope>",
      sne::service_space, numero);
  const std::string body = fmt::format(
      "--B\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"; "
      "action=\"getDemandeLogement\"\r\nContent-ID: <soaproot>\r\n\r\n{}\r\n--B--\r\n",
      envelope);
  return request_of(
      fmt::format("multipart/related; type=\"application/xop+xml\"; start=\"soaproot\"; "
                  "start-info=\"application/soap+xml\"; boundary=\"B\"; action=\"{}getDemandeLogement\"",
                  sne::service_space),
      body);
}

/// A getNumUnique of one document.
inline std::string creation_of(std::string_view document) {
  const auto message = sne::write_num_unique("DEMG6301-202601010000-000001.xml", document, {});
  return request_of(message.content_type, message.body.reveal());
}

/// The number that an answer gives; empty when it gives none.
inline std::string numero_in(std::string_view answer) {
  constexpr std::string_view element = "numUnique>";
  constexpr std::size_t numero_size = 18;
  const std::size_t at = answer.find(element);
  const std::size_t begin = at + element.size();
  if (at == std::string_view::npos || answer.substr(begin).find('<') != numero_size) return {};
  return std::string(answer.substr(begin, numero_size));
}

/// One document for each demande of a file of many.
class Documents {
 public:
  explicit Documents(std::string file) : m_file(std::move(file)) {
    constexpr std::string_view first = "<ns1:demande>";
    constexpr std::string_view last = "</ns1:demande>";
    std::size_t end = m_file.find(first);
    m_head = end;
    for (std::size_t at = end; at != std::string::npos; at = m_file.find(first, end)) {
      end = m_file.find(last, at) + last.size();
      m_demandes.push_back({at, end - at});
      m_unused.push_back(m_unused.size());
    }
    m_tail = end;
  }

  std::size_t take() {
    if (m_unused.empty()) throw std::runtime_error("more demandes are needed: see --demandes");
    const std::size_t rank = m_unused.front();
    m_unused.pop_front();
    return rank;
  }
  void give_back(std::size_t rank) { m_unused.push_back(rank); }

  [[nodiscard]] std::string text(std::size_t rank) const {
    const std::string_view file = m_file;
    const auto [at, size] = m_demandes[rank];
    return fmt::format("{}{}{}", file.substr(0, m_head), file.substr(at, size), file.substr(m_tail));
  }

 private:
  struct Piece {
    std::size_t at;
    std::size_t size;
  };
  std::string m_file;
  std::size_t m_head;
  std::size_t m_tail;
  std::vector<Piece> m_demandes;
  std::deque<std::size_t> m_unused;  // nobody is registered twice
};

}  // namespace passerelle::bench
